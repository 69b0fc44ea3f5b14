import type { Fact } from '../diagnosis/fact.ts'
import type { LookAlike } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { MandatoryAccess } from '../probes/mac.ts'

/** Whether SELinux or AppArmor may stand behind a (13) of nginx: ruled out where neither holds it, or where no refusal of it is recorded. */
export function macAlike(mac: Fact<MandatoryAccess>): LookAlike {
  if (!mac.known) return notJudged('mac-denied', mac.reason)
  const { selinux, apparmor, labels, denials, recordsUnseen } = mac.value
  const record = denials.find((each) => /nginx|openresty|angie/.test(`${each.comm} ${each.subject}`))
  if (record) return notJudged('mac-denied', `a refusal of nginx is recorded: ${record.text.slice(0, 160)}`)
  const free = labels.length > 0 && labels.every((label) => /unconfined|complain|permissive/.test(label))
  if (selinux === 'unknown') return notJudged('mac-denied', 'whether SELinux is enforcing could not be asked')
  if (free || (selinux !== 'enforcing' && apparmor === 'absent'))
    return ruledOut('mac-denied', 'neither SELinux nor AppArmor holds nginx')
  return recordsUnseen === null
    ? ruledOut('mac-denied', `${selinux === 'enforcing' ? 'SELinux' : 'AppArmor'} recorded no refusal of nginx`)
    : notJudged('mac-denied', recordsUnseen)
}
