import { type Holder, type HolderSeen } from './port-holder.ts'
import { nginxUnitName } from './start-refusal.ts'

/** foreign: another program; outside: an nginx that its unit did not start; leftover: workers whose master is gone. */
export type HolderKind = 'foreign' | 'outside' | 'leftover'

/** What a person would do so that nginx gets its address. */
export function releaseSteps(holder: Holder, kind: HolderKind, seen: HolderSeen): readonly string[] {
  if (kind === 'outside')
    return [
      'nginx -s quit   # ends the one that was started by hand; its connections are finished first',
      `systemctl start ${failedUnit(seen)}`,
    ]
  if (kind === 'leftover')
    return [
      `kill -QUIT ${holder.listener.owners.map(({ pid }) => pid).join(' ')}   # workers without a master finish what they have`,
      `systemctl start ${nginxUnitName(seen)}`,
    ]
  return foreignSteps(holder, seen)
}

/** The unit of nginx whose start failed. */
export function failedUnit(seen: HolderSeen): string {
  const units = seen['nginx-unit'].known ? seen['nginx-unit'].value.units : []
  return units.find((unit) => unit.active === 'failed')?.id ?? nginxUnitName(seen)
}

function foreignSteps(holder: Holder, seen: HolderSeen): readonly string[] {
  const owner = holder.listener.owners[0]
  const place = holder.listen?.file != null ? `${holder.listen.file}:${holder.listen.line}` : 'the listen directive'
  return [
    `decide who is to have ${holder.address}`,
    holder.unit
      ? `systemctl disable --now ${holder.unit}   # if it is to be nginx`
      : `find out who started ${owner ? `pid ${owner.pid}: ps -o ppid,lstart,args -p ${owner.pid}` : `it: ${holder.address.startsWith('unix:') ? 'ss -Hxlp' : `ss -Htlnp 'sport = :${holder.listener.port}'`}`}`,
    ...(holder.address.startsWith('unix:')
      ? [
          `rm ${holder.address.slice(5)}   # once nobody listens on it: nginx does not take the place of a file that is there`,
        ]
      : []),
    `or give nginx another address in ${place}`,
    `systemctl ${seen.starting.runs ? 'reload' : 'start'} ${nginxUnitName(seen)}`,
  ]
}
