systemctl stop "job*.service"
