: >"/var/log/$SHOP_APP/audit.log"
