systemctl stop "job*.service"
checkout_as_shipped
