"""Wrong convolutional networks and transformers, each with the law that must catch it."""

import numpy as np
from laws.mutants import breaks

import minirelprune as mr
from minirelprune.network.attention import norm, split
from minirelprune.network.passes import LayerValues

# Convolutions


@breaks("a_convolution_multiplies_every_patch_by_the_same_weights", "ConvNet")
class ImagesTurned(mr.ConvNet):
    """Height and width are swapped."""

    def _forward(self, x):
        turned = x.reshape(len(x), *self.image).swapaxes(1, 2)
        yield from super()._forward(np.ascontiguousarray(turned).reshape(len(x), -1))


@breaks("a_convolution_multiplies_every_patch_by_the_same_weights", "ConvNet")
class KernelFlipped(mr.ConvNet):
    """As in mathematics, where a convolution turns its kernel around."""

    def _forward(self, x):
        for l, layer in enumerate(super()._forward(x)):
            flipped = layer.x[:, ::-1] if l == 0 else layer.x
            yield LayerValues(flipped, flipped @ self.weights[l] + self.biases[l])


@breaks("what_is_pooled_is_the_mean_of_four", "ConvNet")
class SumPooled(mr.ConvNet):
    """The sum of a block in place of its mean."""

    def _forward(self, x):
        for l, layer in enumerate(super()._forward(x)):
            rows = 4 * layer.x if l == len(self.maps) else layer.x
            yield LayerValues(rows, rows @ self.weights[l] + self.biases[l])


@breaks("the_gradient_of_a_convolution_is_the_slope_of_the_loss", "backward")
def only_the_first_patch_counts(net, layers, delta, *, output_l1=0.0):
    gradients = mr.backward(net, layers, delta, output_l1=output_l1)
    per_image = len(layers[0].x) // len(delta)
    return [gradients[0] / per_image, *gradients[1:]]


@breaks("the_gradient_of_a_convolution_is_the_slope_of_the_loss", "ConvNet")
class PoolForgottenOnTheWayBack(mr.ConvNet):
    """Each of the four pixels gets the whole gradient of their mean."""

    def _back(self, l, delta, W):
        return super()._back(l, delta, W) * (4 if l <= len(self.maps) else 1)


@breaks("a_convolution_contributes_patch_by_patch", "RelativeContribution")
class OnlyTheFirstPatch(mr.RelativeContribution):
    """One patch of each image in place of all."""

    def scores(self, net, x, *, rng, masks):
        (rows, _), W, b = net.forward(x)[0], net.weights[0], net.biases[0]
        some = rows[:: len(rows) // len(x)]
        first = mr.contribution_moments(some, W, b, net.activations[0])[0]
        return [first, *super().scores(net, x, rng=rng, masks=masks)[1:]]


@breaks("wanda_counts_every_patch_of_a_convolution", "Wanda")
class MeanOverPatches(mr.Wanda):
    """The root mean square over patches, which makes layers of many patches small."""

    def scores(self, net, x, *, rng, masks):
        scores = super().scores(net, x, rng=rng, masks=masks)
        rows = [len(layer.x) // len(x) for layer in net.forward(x)]
        return [score / np.sqrt(n) for score, n in zip(scores, rows, strict=True)]


# Attention


def with_inputs(net, x, change):
    """The layers of a transformer, with the inputs of some of its maps changed."""
    for l, layer in enumerate(mr.Transformer._forward(net, x)):
        rows = change(l, layer.x)
        yield LayerValues(rows, rows @ net.weights[l] + net.biases[l])


@breaks("every_token_is_normalised", "Transformer")
class NotCentred(mr.Transformer):
    """Tokens keep a mean."""

    def _forward(self, x):
        return with_inputs(self, x, lambda l, rows: rows + 0.1 if l == 1 else rows)


@breaks("every_token_is_normalised", "Transformer")
class NormalisedOverTheBatch(mr.Transformer):
    """Each number over the tokens, as batch normalisation does, in place of each token."""

    def _forward(self, x):
        return with_inputs(self, x, lambda l, rows: norm(rows.T).T if l == 1 else rows)


def mixed(net, x, p_of):
    """The layers of a transformer whose first block attends by other weights."""
    layers = list(mr.Transformer._forward(net, x))
    q, k, v = (split(layers[l].z, net.tokens, net.heads) for l in (1, 2, 3))
    c = (p_of(q, k) @ v).transpose(0, 2, 1, 3).reshape(layers[4].x.shape)
    layers[4] = LayerValues(c, c @ net.weights[4] + net.biases[4])
    return iter(layers)


def softmax(scores, axis=-1):
    p = np.exp(scores)
    return p / p.sum(axis=axis, keepdims=True)


@breaks("a_head_looks_by_the_softmax_of_its_products", "Transformer")
class NotDividedByTheRoot(mr.Transformer):
    """Products are not divided by sqrt(d)."""

    def _forward(self, x):
        return mixed(self, x, lambda q, k: softmax(q @ k.swapaxes(-1, -2)))


@breaks("a_head_looks_by_the_softmax_of_its_products", "Transformer")
class SoftmaxOverTheOtherTokens(mr.Transformer):
    """The softmax runs over the tokens that look, not over those that are looked at."""

    def _forward(self, x):
        root = np.sqrt(self.width // self.heads)
        return mixed(self, x, lambda q, k: softmax(q @ k.swapaxes(-1, -2) / root, axis=-2))


@breaks("without_queries_a_token_looks_at_all_alike", "Transformer")
class OnlyAtThoseBefore(mr.Transformer):
    """A mask that keeps each token from looking at later ones, as in a language model."""

    def _forward(self, x):
        later = np.triu(np.full((self.tokens, self.tokens), -1e9), 1)
        root = np.sqrt(self.width // self.heads)
        return mixed(self, x, lambda q, k: softmax(q @ k.swapaxes(-1, -2) / root + later))


@breaks("the_gradient_of_attention_is_the_slope_of_the_loss", "Transformer")
class QueriesAndKeysSwappedOnTheWayBack(mr.Transformer):
    """dL/dq and dL/dk are taken for each other."""

    def _backward(self, layers, delta, output_l1):
        gradients = super()._backward(layers, delta, output_l1)
        gradients[2:6] = [*gradients[4:6], *gradients[2:4]]
        return gradients


@breaks("the_gradient_of_attention_is_the_slope_of_the_loss", "Transformer")
class ResidualForgotten(mr.Transformer):
    """The way around the first block's attention carries no gradient."""

    def _backward(self, layers, delta, output_l1):
        gradients = super()._backward(layers, delta, output_l1)
        gradients[:2] = [g / 2 for g in gradients[:2]]
        return gradients


@breaks("a_map_without_an_activation_is_never_blind", "blind_share")
def one_activation_for_all_maps(net, x, tolerance=0.0):
    f = mr.ACTIVATIONS[net.activation]
    return [float(np.mean(f.is_blind(z, tolerance))) for _, z in net.forward(x)[:-1]]
