mount -o remount,hidepid=0 /proc
