import type { Fact } from '../diagnosis/fact.ts'
import type { Spoken } from '../probes/backend-answer.ts'
import type { BackendUnits, Tie } from '../probes/backend-units.ts'
import { tiedUnits } from './tied-units.ts'

/** What the configuration of the server behind an address says that it speaks there. */
export interface OwnerSpeaks {
  readonly spoken: Spoken
  readonly tie: Tie
  /** What it says itself about requests of another protocol. */
  readonly said: string | null
}

/**
 * A pool of php-fpm speaks FastCGI only; uWSGI speaks its own protocol where its command line or configuration says `socket`, and HTTP
 * where it says `http-socket` (uWSGI's reference of options). Tomcat's connector for AJP hangs up on anything else and says so in its log. For servers that say nothing to a stranger, and users who may not connect.
 */
export function ownerSpeaks(address: string, units: Fact<BackendUnits>): OwnerSpeaks | null {
  if (!units.known) return null
  const endpoint = address.startsWith('unix:') ? address : `tcp:${address}`
  const ties = units.value.ties.filter((tie) => tie.endpoint === endpoint)
  const pool = ties.find((tie) => tie.kind === 'pool')
  if (pool) return { spoken: 'fastcgi', tie: pool, said: null }
  const own = ties.find((tie) => tie.kind === 'exec' && isUwsgiSocket(tie.text, address.replace(/^unix:/, '')))
  if (own) return { spoken: 'uwsgi', tie: own, said: null }
  for (const { unit, tie } of tiedUnits(address, units.value)) {
    const said = unit.journal.findLast((line) => NOT_AJP.test(line))
    if (said !== undefined) return { spoken: 'ajp', tie, said }
  }
  return null
}

/** 18245 is "GE", the beginning of a GET, where 0x1234 should stand (org.apache.coyote.ajp.AjpMessage, processHeader). */
const NOT_AJP = /\bAjpMessage\b.* signature \[18245\]/

/** "ExecStart=/usr/bin/uwsgi --socket 127.0.0.1:8080", "/etc/uwsgi/apps-enabled/shop.ini: socket = /run/shop.sock". */
function isUwsgiSocket(text: string, address: string): boolean {
  if (!text.includes('uwsgi')) return false
  const values = [...text.matchAll(/(?:--|\s)(?:uwsgi-)?socket[= ]{1,3}(\S{1,200})|\s-s (\S{1,200})/g)]
  return values.some((match) => {
    const value = match[1] ?? match[2] ?? ''
    return value === address || address.endsWith(value.replace(/^(?:0\.0\.0\.0)?:/, ':'))
  })
}
