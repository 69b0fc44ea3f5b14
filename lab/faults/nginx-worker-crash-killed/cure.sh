systemctl stop memory-watch.service
checkout_as_shipped
