"""`python -m benchmarks.stock.build`: make the stock site in the folder it is started in.

Reads `body.html` there; makes a home page and 25 articles with that body, five of them in the
menu. Prints the first article's id.
"""

from pathlib import Path

import django


def main() -> None:
    """Migrate an empty database and fill it."""
    django.setup()
    from django.core.management import call_command
    from wagtail.models import Page, Site

    from benchmarks.stock.models import ArticlePage

    call_command("migrate", interactive=False, verbosity=0)
    body = Path("body.html").read_text(encoding="utf-8")
    home = Page.objects.get(depth=2)
    articles = [
        home.add_child(
            instance=ArticlePage(
                title=f"Article {number}",
                slug=f"article-{number}",
                body=body,
                show_in_menus=number < 5,
            )
        )
        for number in range(25)
    ]
    Site.objects.update(hostname="localhost", root_page=home)
    print(articles[0].pk)


if __name__ == "__main__":
    main()
