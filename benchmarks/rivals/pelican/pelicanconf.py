"""Articles, lists of fifty by topic, by source and of all, and one feed; nothing else that Pelican would write."""

SITENAME = AUTHOR = "News"
SITEURL = "https://news.example"
PATH = "content"
THEME = "theme"
TIMEZONE = "UTC"
READERS = {"html": None}
MARKDOWN = {"extension_configs": {"markdown.extensions.meta": {}}}  # else it looks for code, notes and tables, too
PLUGINS: list[str] = []

ARTICLE_URL = "a/{slug}/"
CATEGORY_URL = "categories/{slug}/"
TAG_URL = "tags/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
TAG_SAVE_AS = TAG_URL + "index.html"
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = ARCHIVES_SAVE_AS = TAGS_SAVE_AS = CATEGORIES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
THEME_STATIC_DIR = "."
DEFAULT_PAGINATION = 50

FEED_ALL_RSS = "feed.xml"
FEED_MAX_ITEMS = 50
RSS_FEED_SUMMARY_ONLY = True
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
