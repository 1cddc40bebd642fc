"""Pictures of dishes, in `pictures/` beside the canteen's books."""

from canteen_pos.services.albums import Album

FOLDER = "pictures"
_album = Album(FOLDER)
path, look, kept, drop = _album.path, _album.look, _album.kept, _album.drop
