"""django-oscar's offer applicator in memory: 5 products, so many percentage offers on all of them."""

import importlib.util

from bench.timing import timed


def applicator_ms(offers: int, times: int) -> float | None:
    """Median of one `Applicator().apply(basket)`, in milliseconds; None when django-oscar is not installed."""
    if importlib.util.find_spec("oscar") is None:
        return None
    _set_up()
    from oscar.core.loading import get_class

    basket = _basket(offers)
    applicator = get_class("offer.applicator", "Applicator")()

    def apply() -> None:
        basket.reset_offer_applications()
        applicator.apply(basket)

    apply()
    applied = len(basket.offer_applications.offers)
    if applied != offers:
        raise AssertionError(f"{applied} of {offers} offers applied: not the work we mean to compare")
    return timed(apply, times, warm=1).median


def _set_up() -> None:
    import django
    import oscar
    from django.conf import settings
    from oscar import defaults

    if settings.configured:
        return
    settings.configure(
        **{name: value for name, value in vars(defaults).items() if name.startswith("OSCAR_")},
        SECRET_KEY="bench",
        USE_TZ=True,
        SITE_ID=1,
        ROOT_URLCONF="oscar.test.factories.urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        INSTALLED_APPS=oscar.INSTALLED_APPS,
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)


def _basket(offers: int):  # type: ignore[no-untyped-def]
    from decimal import Decimal

    from oscar.core.loading import get_class
    from oscar.test.factories import (
        BenefitFactory,
        ConditionalOfferFactory,
        ConditionFactory,
        RangeFactory,
        create_product,
    )
    from oscar.test.factories.basket import BasketFactory

    everything = RangeFactory(includes_all_products=True)
    for place in range(offers):
        ConditionalOfferFactory(
            name=f"offer {place}",
            priority=place,
            exclusive=False,
            condition=ConditionFactory(range=everything, type="Value", value=5),
            benefit=BenefitFactory(range=everything, type="Percentage", value=1),
        )
    basket = BasketFactory()
    basket.strategy = get_class("partner.strategy", "Default")()
    for place in range(5):
        basket.add_product(create_product(price=Decimal("10.00") + place, num_in_stock=100))
    return basket
