sed -i 's/summer-2025/winter-2026/' "$(new_site downloads)"
reload_nginx
