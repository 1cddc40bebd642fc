"""Whose photo it is, and changing it. No Qt."""

from canteen_pos.domain.errors import Refusal
from canteen_pos.domain.membership import Member
from canteen_pos.i18n import tr
from canteen_pos.services import members, photos, pictures
from canteen_pos.services.context import Actor, Desk
from canteen_pos.ui.saying import said


class PhotoPresenter:
    """`problem` and `notice` say how the last change went."""

    def __init__(self, desk: Desk, actor: Actor, member_id: int | None) -> None:
        self.desk = desk
        self.actor = actor
        self.member: Member | None = members.by_id(desk, member_id) if member_id is not None else None
        self.problem = "" if self.member else tr("先刷卡或找人，再看照片")
        self.notice = ""

    @property
    def name(self) -> str:
        return self.member.name if self.member else ""

    @property
    def picture(self) -> bytes:
        """The photo, b'' when there is none."""
        return pictures.read(self.desk, self.member.photo) if self.member else b""

    def take(self, path: str) -> None:
        """This picture from now on; '' changes nothing."""
        if path:
            self._change(path, tr("照片已换好"))

    def take_away(self) -> None:
        if self.member and self.member.photo:
            self._change("", tr("照片已拿掉"))

    def _change(self, path: str, notice: str) -> None:
        self.problem = self.notice = ""
        if self.member is None:
            return
        try:
            self.member = photos.change(self.desk, self.actor, self.member.id, path)
            self.notice = notice
        except Refusal as refusal:
            self.problem = said(refusal)
