"""Administering people: who may, what follows at once, and that an administrator always remains."""

import pytest

from app.domain.errors import Conflict, Duplicate, Invalid, NotAllowed, NotFound, SignInRequired
from app.models import AuditRecord, User
from app.services import user_administration as service
from app.services.paging import Cursor
from app.services.password_links import get_user_of_password_link
from app.services.transactions import reading, writing
from app.services.user_administration import Operator
from app.services.users import find_user_by_password, find_user_by_session_token
from tests.support.factories import PASSWORD, make_user
from tests.support.tables import count_rows, dump, last_audit_record
from tests.support.threads import look_anew, run_together

pytestmark = pytest.mark.slow

CHANGES = {
    "deactivate": service.deactivate,
    "activate": service.activate,
    "make_administrator": service.make_administrator,
    "remove_administrator": service.remove_administrator,
    "make_password_link": service.make_password_link,
}


def names(query="", **rest):
    return [user.name for user in service.get_users(query=query, **rest).rows]


def test_people_are_listed_newest_first_and_page_by_page(app):
    for number in range(5):
        make_user(f"Person {number}")

    first = service.get_users(size=2)
    second = service.get_users(size=2, cursor=Cursor.parse(after=first.after, before=None, parts=1))
    back = service.get_users(size=2, cursor=Cursor.parse(after=None, before=second.before, parts=1))

    assert [[user.name for user in page.rows] for page in (first, second, back)] == [
        ["Person 4", "Person 3"],
        ["Person 2", "Person 1"],
        ["Person 4", "Person 3"],
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["100 % Émile_Zola", "Åsa Öberg", "Ada Author"]),
        ("ada", ["Ada Author"]),
        ("AUTH ad", ["Ada Author"]),
        ("ada zola", []),
        ("émile", ["100 % Émile_Zola"]),
        ("ÉMILE_zola", ["100 % Émile_Zola"]),
        ("åsa öberg", ["Åsa Öberg"]),
        ("%", ["100 % Émile_Zola"]),
        ("_", ["100 % Émile_Zola"]),
        ("\\", []),
        ("@EXAMPLE.com", ["100 % Émile_Zola", "Åsa Öberg", "Ada Author"]),
        ("a\x00b", []),
        ("\ud800", []),
    ],
)
def test_people_are_found_by_parts_of_their_name_and_address_in_any_case(app, query, found):
    for name in ("Ada Author", "Åsa Öberg", "100 % Émile_Zola"):
        make_user(name)

    assert names(query) == found


def test_somebody_who_is_added_sets_their_own_password(admin):
    _, link = service.add_user(admin, email="New@Example.com", name="New Person", is_admin=True)

    look_anew()
    user = get_user_of_password_link(link.token)
    assert (user.email, user.name, user.is_admin, user.password_hash) == ("new@example.com", "New Person", True, None)
    assert find_user_by_password(email="new@example.com", password="") is None
    assert [(record.actor_id, record.action) for record in reading().query(AuditRecord).order_by(AuditRecord.id)] == [
        (admin.id, "user.created"),
        (admin.id, "user.password_link_made"),
    ]


def test_who_cannot_be_added_is_refused_and_leaves_no_link(admin):
    before = dump()

    with pytest.raises(Invalid) as refused:
        service.add_user(admin, email="nobody", name=" ")
    with pytest.raises(Duplicate):
        service.add_user(admin, email=admin.email.upper(), name="Another")

    assert set(refused.value.errors) == {"email", "name"}
    assert dump() == before


def test_deactivating_ends_sessions_and_links_at_once_and_activating_brings_neither_back(admin, viewer):
    old_session = viewer.session_token
    link = service.make_password_link(admin, user_id=viewer.id)

    service.deactivate(admin, user_id=viewer.id)
    look_anew()
    assert find_user_by_session_token(old_session) is None
    assert find_user_by_password(email=viewer.email, password=PASSWORD) is None
    assert (last_audit_record().action, last_audit_record().subject_id) == ("user.deactivated", viewer.id)

    service.activate(admin, user_id=viewer.id)
    look_anew()
    assert find_user_by_session_token(old_session) is None
    with pytest.raises(NotFound):
        get_user_of_password_link(link.token)
    assert find_user_by_password(email=viewer.email, password=PASSWORD).id == viewer.id
    assert (last_audit_record().action, last_audit_record().actor_id) == ("user.activated", admin.id)


def test_administrators_are_made_and_removed(admin, viewer):
    service.make_administrator(admin, user_id=viewer.id)
    look_anew()
    assert viewer.is_admin
    assert last_audit_record().action == "user.made_administrator"

    service.remove_administrator(viewer, user_id=admin.id)
    look_anew()
    assert not admin.is_admin
    assert (last_audit_record().action, last_audit_record().actor_id) == ("user.removed_administrator", viewer.id)


@pytest.mark.parametrize("change", ["deactivate", "remove_administrator"])
def test_the_last_active_administrator_stays_one(admin, change):
    make_user("Gone", is_admin=True, is_active=False)

    with pytest.raises(Conflict, match="Adam Admin is the last active administrator"):
        CHANGES[change](Operator.COMMAND_LINE, user_id=admin.id)

    look_anew()
    assert (admin.is_admin, admin.is_active) == (True, True)


def test_an_administrator_steps_down_where_another_one_stays_but_deactivates_themself_never(admin):
    make_user("Another", is_admin=True)

    with pytest.raises(NotAllowed, match="Nobody deactivates themself"):
        service.deactivate(admin, user_id=admin.id)
    service.remove_administrator(admin, user_id=admin.id)

    look_anew()
    assert (admin.is_admin, admin.is_active) == (False, True)


def test_what_is_so_already_is_said(admin, viewer):
    with pytest.raises(Conflict, match="is active already"):
        service.activate(admin, user_id=viewer.id)
    with pytest.raises(Conflict, match="is no administrator"):
        service.remove_administrator(admin, user_id=viewer.id)
    with pytest.raises(Conflict, match="is an administrator already"):
        service.make_administrator(admin, user_id=admin.id)
    service.deactivate(admin, user_id=viewer.id)
    with pytest.raises(Conflict, match="is deactivated already"):
        service.deactivate(admin, user_id=viewer.id)
    with pytest.raises(Conflict, match="Activate them first"):
        service.make_password_link(admin, user_id=viewer.id)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_only_administrators_change_people(admin, author, viewer, change):
    before = dump()

    with pytest.raises(NotAllowed):
        change(author, user_id=viewer.id)
    with pytest.raises(SignInRequired):
        change(None, user_id=viewer.id)
    for nobody in (0, -1, 2_000_000_000, 2**40):
        with pytest.raises(NotFound):
            change(admin, user_id=nobody)

    assert dump() == before


@pytest.mark.parametrize("lost", ["is_admin", "is_active"])
def test_whoever_lost_their_rights_a_moment_ago_acts_no_more(app, admin, viewer, lost):
    """The actor was loaded before; what counts is what the database says under the lock."""
    stale = reading().get_one(User, admin.id)
    reading().expunge(stale)
    with writing() as session:
        setattr(session.get_one(User, admin.id), lost, False)

    with pytest.raises((NotAllowed, SignInRequired)):
        service.make_administrator(stale, user_id=viewer.id)

    look_anew()
    assert not reading().get_one(User, viewer.id).is_admin


@pytest.mark.parametrize("change", ["deactivate", "remove_administrator"])
def test_administrators_who_turn_on_each_other_at_once_leave_exactly_one(app, change):
    ids = [make_user(f"Admin {number}", is_admin=True).id for number in range(4)]
    pairs = [(actor, other) for actor in ids for other in ids if actor != other]

    def turning(actor_id, other_id):
        def turn():
            CHANGES[change](reading().get_one(User, actor_id), user_id=other_id)

        return turn

    results = run_together(app, [turning(*pair) for pair in pairs])

    assert results.count(None) == 3
    assert {type(result) for result in results if result} <= {NotAllowed, SignInRequired, Conflict}
    left = [user.id for user in reading().query(User).filter(User.is_admin, User.is_active)]
    assert len(left) == 1


def test_the_command_line_taking_everybody_at_once_leaves_one(app):
    ids = [make_user(is_admin=True).id for _ in range(4)]

    results = run_together(
        app,
        [
            lambda user_id=user_id: service.remove_administrator(Operator.COMMAND_LINE, user_id=user_id)
            for user_id in ids
        ],
    )

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "User", "User", "User"]
    assert reading().query(User).filter(User.is_admin, User.is_active).count() == 1
    assert count_rows(AuditRecord) == 3
    assert last_audit_record().actor_id is None
