rm "/etc/logrotate.d/$SHOP_APP"
checkout_as_shipped
