import type { Fact } from '../diagnosis/fact.ts'
import type { Host } from '../probes/host.ts'
import type { IdleService, IdleServices } from '../probes/idle-services.ts'
import type { TellingLine } from '../probes/unit-telling.ts'
import { agoOf } from '../symptoms/time.ts'
import { isRefusal, type Needed, neededService, serviceOfUnit } from './needed-service.ts'

/** Seconds between the end of a service and the first words of a program that misses it. */
const SOON_SECONDS = 60

/** Stamps of journal and units are not taken at the same moment. */
const SLACK_SECONDS = 2

/**
 * The service that ended just before a backend began to say "Connection refused" of nobody in particular: smtplib and sockets of Python,
 * Java's ConnectException say no address. null when none of the known kinds ended then, or more than one, or not all were looked at.
 */
export function fallenService(line: TellingLine, host: Host, idle: Fact<IdleServices>): Needed | null {
  if (!idle.known || idle.value.more || line.firstAt === null) return null
  if (!isRefusal(line.newest) || neededService(line.newest) !== null) return null
  const began = host.epoch - line.firstAt
  const ended = idle.value.services.filter((each) => endedBefore(each, began, host))
  const [only, ...others] = ended
  const service = only && others.length === 0 ? serviceOfUnit(only.unit.id) : null
  return service === null ? null : { service, host: null, port: null, unix: null }
}

function endedBefore({ unit }: IdleService, began: number, host: Host): boolean {
  if (unit.changedAt === null) return false
  const ago = agoOf(unit.changedAt, host)
  return ago >= began - SLACK_SECONDS && ago <= began + SOON_SECONDS
}
