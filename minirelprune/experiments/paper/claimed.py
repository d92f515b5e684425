"""What the paper says its tables show, as pairs of cells: one is said to be better than the other.

`exhibits/claims.py` compares them. The sentences are not the paper's own; each begins with the
table it is about, or with "(added)" if the paper does not say it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from minirelprune.experiments.paper import pairs
from minirelprune.experiments.paper.names import ACTIVATIONS
from minirelprune.experiments.paper.pairs import Pair
from minirelprune.experiments.paper.published import DENSE_L1

NO_S, BETA_0, BETA_1E_5 = (("layer_factor", None),), (("beta", 0.0),), (("beta", 1e-5),)
ADDED = "(added)"
NEAR = 0.2  # percentage points; a smaller difference between criteria is called small here


@dataclass(frozen=True)
class Claim:
    """A sentence on what a table is said to show, and the cells that it compares.

    Parameters
    ----------
    sentence : the table's name or "(added)" first.
    pairs : the cell said to be better, and the other.
    margin : None; or the sentence says that on average over the pairs the two differ by less than
        this, in percentage points.
    """

    sentence: str
    pairs: Sequence[Pair]
    margin: float | None = None

    @property
    def group(self) -> str:
        """The table it is about, such as "Table 1", or "(added)"."""
        return ADDED if self.sentence.startswith(ADDED) else self.sentence.partition(":")[0]


def claims(data: str) -> list[Claim]:
    """The claims of section 4, table by table, and added ones that the paper does not make."""
    return [
        Claim("Table 1: β = 1e-7 beats β = 0", pairs.beats_option(data, BETA_0)),
        Claim("Table 1: β = 1e-7 beats β = 1e-5", pairs.beats_option(data, BETA_1E_5)),
        Claim("Table 1: the layer factor s helps", pairs.beats_option(data, NO_S)),
        *_of_table_2(data),
        *_of_table_3(data),
        Claim(
            "Table 4: at 75%, Eq. (2) beats magnitude and Wanda",
            pairs.beats(4, data, "magnitude", "wanda", target=0.75),
        ),
        Claim(
            "Table 4: Eq. (2) at 75% beats the trained network it came from",
            pairs.beats_trained(data),
        ),
        *_of_table_5(data),
        *_added(data),
    ]


def _of_table_2(data: str) -> list[Claim]:
    enough = "Table 2: 2% of the data is enough for Eq. (2) to beat magnitude and every Wanda"
    return [
        Claim(
            "Table 2: Eq. (2) beats Wanda, scored on the same share", pairs.beats(2, data, "wanda")
        ),
        Claim("Table 2: Eq. (2) beats magnitude, on any share", pairs.beats(2, data, "magnitude")),
        Claim("Table 2: Eq. (2) beats random, on any share", pairs.beats(2, data, "random")),
        Claim(enough, pairs.beats_every_share(data, scoring_fraction=0.02)),
    ]


def _of_table_3(data: str) -> list[Claim]:
    return [
        Claim(
            f"Table 3: with {ACTIVATIONS[activation]}, Eq. (2) beats {name}",
            pairs.beats(3, data, other, activation=activation),
        )
        for activation in ("leaky_relu", "sigmoid", "tanh")
        for other, name in (("magnitude", "magnitude"), ("wanda", "Wanda"))
    ]


def _of_table_5(data: str) -> list[Claim]:
    """Its last claims are about the term itself, one for each activation."""
    rivals = [
        Claim(f"Table 5: with the L1 term, Eq. (2) beats {name}", pairs.beats(5, data, other))
        for other, name in (("magnitude", "magnitude"), ("wanda", "Wanda"))
    ]
    helps = [
        Claim(
            f"Table 5: the L1 term helps Eq. (2) at {target:.0%}, {ACTIVATIONS[activation]}",
            pairs.with_and_without_l1(data, activation, target),
        )
        for target in (0.5, 0.75)
        for activation in DENSE_L1
    ]
    trained = [
        Claim(
            f"Table 5: the L1 term makes the trained network better, {ACTIVATIONS[activation]}",
            pairs.trained_with_and_without_l1(data, activation),
        )
        for activation in DENSE_L1
    ]
    return [*rivals, *helps, *trained]


def _added(data: str) -> list[Claim]:
    near = f"{ADDED} at 50%, random is on average within {NEAR:g} points of Eq. (2), "
    return [
        Claim(
            f"{ADDED} Eq. (2) at 75% beats the control, as often fine-tuned but not pruned",
            pairs.beats_control(data),
        ),
        Claim(
            f"{ADDED} more rounds help: Eq. (2) at 50% by 5% per round beats 25% per round",
            pairs.beats_steps(data, 0.05, 0.25),
        ),
        *(
            Claim(
                near + name,
                pairs.beats(2 if key == "relu" else 3, data, "random", activation=key),
                margin=NEAR,
            )
            for key, name in ACTIVATIONS.items()
        ),
    ]
