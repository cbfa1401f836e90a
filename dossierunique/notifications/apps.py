from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "dossierunique.notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from dossierunique.notifications import courriels, navigation, resumes  # noqa: F401
