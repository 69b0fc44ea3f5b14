import { parsed, unusable } from '../diagnosis/fact.ts'
import { keyedLines } from './lines.ts'
import { defineProbe } from './probe.ts'

export interface Host {
  /** Host clock, seconds since the epoch. */
  readonly epoch: number
  /** What its clock had beyond the whole seconds of `epoch`; absent where `date` does not tell. */
  readonly fraction?: number
  /** "+01:00". */
  readonly timezone: string
  /** Seconds since boot. */
  readonly uptime: number
  readonly os: string
  readonly user: string
  readonly groups: readonly string[]
  readonly systemd: boolean
  /** Where systemd does not run: OpenRC, or something that `service` speaks for. Absent in captures from before. */
  readonly init?: 'openrc' | 'other'
  readonly cpus: number
  /** Own addresses without prefix length, loopback included. */
  readonly addresses: readonly string[]
  /** Of those, the ones that the kernel lets nobody use: another machine has it too (dadfailed), or that is not yet ruled out (tentative). */
  readonly unusable: readonly UnusableAddress[]
  /** The answer was cut off: there may be more addresses. */
  readonly cutOff?: true
}

export interface UnusableAddress {
  readonly address: string
  /** "dadfailed", "tentative" (ip-address(8)). */
  readonly flag: string
}

/**
 * Who we are on the host, its clock, zone and addresses.
 *
 * Sample (Debian 12):
 *     clock 1795230491 +0100 418220317
 *     uptime 5123.44 9876.12
 *     os Debian GNU/Linux 12 (bookworm)
 *     user medic
 *     groups medic adm
 *     systemd yes
 *     cpus 2
 *     addr 127.0.0.1/8
 *     addr 2001:db8:70::7/64 dadfailed
 */
export const host = defineProbe({
  id: 'host',
  command: 'date; id; ip -o addr',
  seconds: 3,
  cap: 16_384,
  script: `
read -r up </proc/uptime
echo "clock $(date '+%s %z %N')"
echo "uptime $up"
[ -r /etc/os-release ] && sed -n 's/^PRETTY_NAME="\\{0,1\\}\\([^"]*\\).*/os \\1/p' /etc/os-release
echo "user $(id -un)"
echo "groups $(id -Gn)"
if [ -d /run/systemd/system ]; then echo 'systemd yes'; elif [ -d /run/openrc ]; then echo 'systemd no openrc'; else echo 'systemd no'; fi
echo "cpus $(grep -c ^processor /proc/cpuinfo)"
ip -o addr show 2>/dev/null | awk '{
  flag = / dadfailed / ? " dadfailed" : / tentative / ? " tentative" : ""; print "addr " $4 flag }'`,
  parse(capture) {
    const lines = keyedLines(capture.stdout)
    const [epoch, zone, nanoseconds = ''] = (lines.get('clock')?.[0] ?? '').split(' ')
    const offset = /^([+-]\d\d)(\d\d)$/.exec(zone ?? '')
    if (!epoch || !/^\d+$/.test(epoch) || !offset) return unusable('date gave no clock')

    return parsed<Host>({
      epoch: Number(epoch),
      // busybox has no %N.
      ...(/^\d{9}$/.test(nanoseconds) && { fraction: Number(nanoseconds) / 1e9 }),
      timezone: `${offset[1]}:${offset[2]}`,
      uptime: Number((lines.get('uptime')?.[0] ?? '0').split(' ')[0]),
      os: lines.get('os')?.[0] ?? 'unknown system',
      user: lines.get('user')?.[0] ?? '',
      groups: (lines.get('groups')?.[0] ?? '').split(' ').filter(Boolean),
      systemd: lines.get('systemd')?.[0] === 'yes',
      ...initOf(lines.get('systemd')?.[0]),
      cpus: Number(lines.get('cpus')?.[0] ?? 0),
      addresses: (lines.get('addr') ?? []).map(plain),
      unusable: (lines.get('addr') ?? []).flatMap((line) => {
        const flag = / (dadfailed|tentative)$/.exec(line)?.[1]
        return flag === undefined ? [] : [{ address: plain(line), flag }]
      }),
      ...(capture.truncated && { cutOff: true as const }),
    })
  },
})

function initOf(said: string | undefined): Pick<Host, 'init'> {
  if (said === undefined || said === 'yes') return {}
  return { init: said.endsWith('openrc') ? 'openrc' : 'other' }
}

/** "2001:db8:70::7/64 dadfailed" without prefix length and flag. */
function plain(address: string): string {
  return address.replace(/(?:\/\d+)?(?: \w+)?$/, '')
}
