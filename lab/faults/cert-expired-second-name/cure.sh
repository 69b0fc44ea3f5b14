rm -f "$(new_site good)"
https_site_gone
