shop_as_shipped
rm -rf /srv/bodies/kept
