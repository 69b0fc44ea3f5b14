rm -f "$(new_site closed)"
https_site_gone
