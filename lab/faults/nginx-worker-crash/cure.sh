systemctl stop bad-module.service
checkout_as_shipped
