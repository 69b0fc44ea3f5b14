systemctl stop browsers.service staging.service
shop_as_shipped
rm -f /srv/staging.py /srv/browsers.py
