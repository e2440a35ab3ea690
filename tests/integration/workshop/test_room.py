"""A room that is closed and opened again goes on where it was."""


def test_a_room_goes_on_where_it_was(serve, post, link):
    first = serve()
    first.host("POST", "/api/rounds", {"act": "open", "name": "day 1"})
    first.ask("POST", "/api/annotations", post(text="A bench", show=True))
    (row,) = first.host("GET", "/api/moderation")[1]["annotations"]
    first.host("POST", "/api/moderation", {"name": row["name"], "act": "show"})
    change = {"section": "links", "kind": "path", "entry": {"line": link, "tags": {"highway": "path"}}}
    drawn = first.wall("POST", "/api/alternatives/a/changes", change)[1]
    before = first.ask("GET", "/api/room")[1]
    file = first.room.session.folder / "a.toml"
    content = file.read_bytes()
    file.unlink()

    again = serve()
    assert again.room.session == first.room.session
    assert again.ask("GET", "/api/room")[1] == before
    assert file.read_bytes() == content
    assert again.wall("GET", "/api/alternatives/a")[1]["residents"] == drawn["residents"]
    assert again.wall("POST", "/api/alternatives/a/undo")[1]["changes"] == []
