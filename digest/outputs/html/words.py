"""What templates may call: times, names, numbers and addresses, in the site's language and time zone."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from itertools import groupby
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_locale_identifier, parse_locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from markupsafe import Markup

from digest.display import day_long, locale_of, month_long
from digest.model import Site
from digest.views import ArticleRow, When
