"""manage.py build_assets: copies the components' styles and script into build/assets."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from krscp import assets


class Command(BaseCommand):
    help = "Copy the styles and the script that pages use out of node_modules into build/assets."
    requires_system_checks = ()

    def handle(self, *args, **options) -> None:
        root = Path(settings.BASE_DIR)
        try:
            built = assets.build(root, root / "build" / "assets")
        except assets.AssetsMissing as problem:
            raise CommandError(str(problem)) from problem
        for path in built:
            self.stdout.write(f"Wrote {path.relative_to(root)}")
