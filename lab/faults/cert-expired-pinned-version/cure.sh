https_site_gone
rm -rf /etc/letsencrypt
