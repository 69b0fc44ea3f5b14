/** Folders of unit files, in systemd's order (systemd.unit(5)). */
const unitFolders =
  '/etc/systemd/system /run/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system /lib/systemd/system'

/**
 * `installed_units`: services whose ExecStart runs nginx or one of its forks, and the ones that packages are known to install. Those that
 * run come first, then those that failed, then those that are to run: a leftover unit is never taken for the one that is meant.
 */
export const installedUnitsScript = `
installed_units() {
  { for d in ${unitFolders}; do
      grep -lsE '^ExecStart=[-@:+!|]*(/[^ ]*/)?(nginx|nginx-debug|openresty|angie|freenginx|tengine)( |$)' "$d"/*.service 2>/dev/null
    done | sed 's|.*/||' | grep -v '@[.]service$'
    printf '%s\\n' nginx.service openresty.service angie.service freenginx.service tengine.service
  } | awk '!s[$0]++' | head -n 12 | while read -r u; do
    case $(systemctl show -p LoadState,ActiveState,UnitFileState "$u" 2>/dev/null | tr '\\n' ' ') in
      *LoadState=not-found*) ;;
      *ActiveState=failed*|*ActiveState=activating*) echo "1 $u" ;;
      *ActiveState=active*|*ActiveState=reloading*) echo "0 $u" ;;
      *UnitFileState=enabled*) echo "2 $u" ;;
      *) echo "3 $u" ;;
    esac
  done | sort -s -n -k 1,1 | sed 's/^[0-9] //'
}
`
