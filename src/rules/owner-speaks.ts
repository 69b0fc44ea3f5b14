import type { Fact } from '../diagnosis/fact.ts'
import type { Spoken } from '../probes/backend-answer.ts'
import type { BackendUnits, Tie } from '../probes/backend-units.ts'

/** What the configuration of the server behind an address says that it speaks there. */
export interface OwnerSpeaks {
  readonly spoken: Spoken
  readonly tie: Tie
}

/**
 * A pool of php-fpm speaks FastCGI only; uWSGI speaks its own protocol where its command line or configuration says `socket`, and HTTP
 * where it says `http-socket` (uWSGI's reference of options). For servers that say nothing to a stranger, and users who may not connect.
 */
export function ownerSpeaks(address: string, units: Fact<BackendUnits>): OwnerSpeaks | null {
  if (!units.known) return null
  const endpoint = address.startsWith('unix:') ? address : `tcp:${address}`
  const ties = units.value.ties.filter((tie) => tie.endpoint === endpoint)
  const pool = ties.find((tie) => tie.kind === 'pool')
  if (pool) return { spoken: 'fastcgi', tie: pool }
  const own = ties.find((tie) => tie.kind === 'exec' && isUwsgiSocket(tie.text, address.replace(/^unix:/, '')))
  return own ? { spoken: 'uwsgi', tie: own } : null
}

/** "ExecStart=/usr/bin/uwsgi --socket 127.0.0.1:8080", "/etc/uwsgi/apps-enabled/shop.ini: socket = /run/shop.sock". */
function isUwsgiSocket(text: string, address: string): boolean {
  if (!text.includes('uwsgi')) return false
  const values = [...text.matchAll(/(?:--|\s)(?:uwsgi-)?socket[= ]{1,3}(\S{1,200})|\s-s (\S{1,200})/g)]
  return values.some((match) => {
    const value = match[1] ?? match[2] ?? ''
    return value === address || address.endsWith(value.replace(/^(?:0\.0\.0\.0)?:/, ':'))
  })
}
