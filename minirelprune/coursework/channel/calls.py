"""A call, its answer, and the calls that are made in between, in either direction.

The parent calls a function of the student. While it runs, the child may ask for values of what it
was handed: an activation, a criterion. Both sides are a `Peer`. Arrays that a call changed in place
come back with its answer.
"""

from collections.abc import Callable
from typing import Any

from minirelprune.coursework.channel.data import Packing, Unpacking, move_on, seed_of
from minirelprune.coursework.channel.things import ASKED, pack_thing, unpack_thing
from minirelprune.coursework.channel.wire import Frame, Pipe, WireError

Header = dict[str, Any]


class Raised(Exception):
    """The other side raised an error: its type, its message, and the line it came from."""

    def __init__(self, kind: str, message: str, where: str = "") -> None:
        super().__init__(kind, message, where)
        self.kind, self.message, self.where = kind, message, where

    def __str__(self) -> str:
        return f"{self.kind}: {self.message}" if self.message else self.kind


class Remote:
    """An object that the student's code made and that stays in the child process."""

    def __init__(self, peer: "Peer", number: int, kept: Packing) -> None:
        self._peer, self._number, self._kept = peer, number, kept

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._peer.call(self, name, args, kwargs)


class Peer:
    """One end of the conversation.

    Parameters
    ----------
    pipe : to the other end.
    find : name -> the function or class that the other end may call under it.
    raised : what is sent of an error: its type, message and line.
    catches : the errors that are sent.
    makes : whether objects that are no data may stay here and be called later: in the child only.
    """

    def __init__(
        self,
        pipe: Pipe,
        find: Callable[[str], Any],
        raised: Callable[[BaseException], list[str]],
        catches: type[BaseException] = Exception,
        *,
        makes: bool = False,
    ) -> None:
        self._pipe, self._find, self._raised, self._catches = pipe, find, raised, catches
        self._makes = makes
        self._lent: list[Any] = []  # what the other side may ask, while a call lasts
        self._made: list[tuple[Any, Unpacking]] = []  # what was made here, and the arrays it holds

    def call(self, target: object, method: str, args: Any, kwargs: Any) -> Any:
        """Call a function of the other side, or a method of what it made or lent."""
        lent = len(self._lent)
        packing = Packing(self._special)
        where = target._number if isinstance(target, Remote) else target
        header = {"call": where, "made": isinstance(target, Remote), "method": method}
        header["args"] = [packing.pack(list(args)), packing.pack(dict(kwargs))]
        try:
            self._pipe.send({**header, "layout": packing.layout()}, packing.payload())
            return self._answer(packing, target)
        finally:
            del self._lent[lent:]

    def serve(self, frame: Frame) -> None:
        """Do what a call asks for, and send the answer."""
        header, payload = frame
        lent = len(self._lent)
        try:
            come = Unpacking(header["layout"], payload, self._rebuild)
            args, kwargs = (come.unpack(one) for one in header["args"])
            value = self._target(header)(*args, **kwargs)
            packing = Packing(self._special_or_made(come) if self._makes else self._special)
            answer: Header = {"answer": packing.pack(value)}
            held = self._made[header["call"]][1].changed() if header.get("made") else {}
            changed = come.changed()
            for array in (*changed.values(), *held.values()):
                packing.pack(array)
            answer |= {"changed": list(changed), "held": list(held), "layout": packing.layout()}
            answer["generators"] = [seed_of(rng) for rng in come.generators]
            self._pipe.send(answer, packing.payload())
        except self._catches as error:
            self._pipe.send({"raised": self._raised(error)})
        finally:
            del self._lent[lent:]

    def _answer(self, sent: Packing, target: object) -> Any:
        while True:
            frame = self._pipe.receive()
            header, payload = frame
            if "call" not in header:
                break
            self.serve(frame)
        if "raised" in header:
            raise Raised(*(str(part) for part in header["raised"][:3]))
        come = Unpacking(header["layout"], payload, self._rebuild)
        first = len(come.arrays) - len(header["changed"]) - len(header["held"])
        kept = target._kept.arrays if isinstance(target, Remote) else []
        places = [(sent.arrays, k) for k in header["changed"]] + [(kept, k) for k in header["held"]]
        for (arrays, k), array in zip(places, come.arrays[first:], strict=True):
            arrays[k][...] = array
        for rng, state in zip(sent.generators, header["generators"], strict=True):
            move_on(rng, state)
        answer = header["answer"]
        if isinstance(answer, dict) and "made" in answer:
            return Remote(self, int(answer["made"]), sent)
        return come.unpack(answer)

    def _target(self, header: Header) -> Any:
        where, method = header["call"], str(header["method"])
        if isinstance(where, str):
            return self._find(where)
        if header.get("made"):
            return getattr(self._made[where][0], method)
        if method not in ASKED:
            raise WireError(f"{method!r} may not be asked for")
        return getattr(self._lent[where], method)

    def _special(self, value: Any, pack: Callable[[Any], Any]) -> Any:
        if isinstance(value, Remote):
            return {"yours": value._number}
        tree = pack_thing(value, pack, self._lend)
        if tree is None and (callable(value) or hasattr(value, "scores")):
            tree = {"handle": self._lend(value)}
        return tree

    def _special_or_made(self, come: Unpacking) -> Callable[[Any, Any], Any]:
        """As `_special`, but an object that is no data stays here, with the arrays it was given."""

        def special(value: Any, pack: Callable[[Any], Any]) -> Any:
            tree = pack_thing(value, pack, self._lend)
            if tree is not None:
                return tree
            self._made.append((value, come))
            return {"made": len(self._made) - 1}

        return special

    def _lend(self, value: Any) -> int:
        self._lent.append(value)
        return len(self._lent) - 1

    def _rebuild(self, key: str, tree: Any, come: Unpacking) -> Any:
        if key == "yours":
            return self._made[tree][0]
        return unpack_thing(key, tree, come, self._asking)

    def _asking(self, number: int) -> Callable[..., Any]:
        return lambda method, *args, **kwargs: self.call(number, method, args, kwargs)
