"""One trial of a store that other runs may be working on: no trial is run by two of them."""

import time
from pathlib import Path

from minirelprune.experiments.trials.run import run_trial
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import Trial
from minirelprune.support.claims import claimed

WAIT = 1.0  # seconds after which a trial of another run is looked at again


def run_unclaimed(trial: Trial, store: Store, *, progress: bool | None = None) -> Result | None:
    """Run a trial and add it to the store, unless it is there by now.

    Parameters
    ----------
    trial : its trained network is kept beside the store, in `networks/`.
    store : it is read on before the trial starts, for what another run has finished meanwhile.
    progress : show bars: True, False, or None for only on a terminal.

    Returns
    -------
    The result; or None, after a second, if another run is working on the trial now. Should that run
    die, the trial is free again.

    Raises
    ------
    As `run_trial`; and OSError if the result cannot be written.
    """
    networks = store.path.parent / "networks"
    networks.mkdir(parents=True, exist_ok=True)
    with claimed(networks / "running.lock", int(trial.key, 16)) as claim_granted:
        if claim_granted:
            store.refresh()
            if trial not in store.results:
                store.add(run_trial(trial, networks, progress=progress))
            return store.results[trial]
    time.sleep(WAIT)
    return None


def cannot_go_on(error: BaseException, store: Store) -> bool:
    """Whether an error is about a file in the folder of the store, so that all trials would fail.

    The disk is full, say, or the folder may not be written to.
    """
    if not isinstance(error, OSError) or error.filename is None:
        return False
    return Path(str(error.filename)).resolve().is_relative_to(store.path.parent.resolve())
