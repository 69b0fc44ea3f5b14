import { lookup } from 'node:dns/promises'
import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import type { SiteFromOutside } from '../diagnosis/diagnosis.ts'
import type { InventoryHost } from '../host/inventory.ts'

/** Milliseconds for a name, and for a request. */
const limits = { name: 3000, request: 5000 } as const

/** Most sites of one host that are looked at. */
const mostSites = 5

/**
 * What a client sees, from where this process runs: the names that the inventory lists as the host's sites are resolved, and with
 * `outside: request` each is asked once at the address it has. Only names from the inventory are looked up; nothing that a host, a log
 * or a chat said. Never rejects.
 */
export async function lookFromOutside(
  host: InventoryHost,
  hosts: ReadonlyMap<string, InventoryHost>,
  signal: AbortSignal,
): Promise<readonly SiteFromOutside[]> {
  if (host.outside === 'off') return []
  const known = new Set([...hosts.values()].flatMap((each) => [each.address, ...each.addresses]))
  return Promise.all(host.sites.slice(0, mostSites).map((site) => lookAtSite(site, host, known, signal)))
}

async function lookAtSite(
  site: string,
  host: InventoryHost,
  known: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<SiteFromOutside> {
  const resolved = await addressesOf(site, signal)
  if ('problem' in resolved) return { site, addresses: [], elsewhere: false, answer: resolved.problem }
  const { addresses } = resolved
  const elsewhere = addresses.length > 0 && !addresses.some((address) => known.has(address))
  const [first] = addresses
  const answer = host.outside === 'request' && first !== undefined ? await answerAt(first, site, host, signal) : null
  return { site, addresses, elsewhere, answer }
}

async function addressesOf(
  site: string,
  signal: AbortSignal,
): Promise<{ readonly addresses: readonly string[] } | { readonly problem: string }> {
  const tooLong = pause(limits.name, null, { signal, ref: false }).catch(() => null)
  try {
    const found = await Promise.race([lookup(site, { all: true }), tooLong])
    if (found === null) return { problem: `the name did not resolve within ${limits.name / 1000} s` }
    return { addresses: [...new Set(found.map(({ address }) => address))] }
  } catch (error) {
    return { problem: `the name does not resolve: ${codeOf(error)}` }
  }
}

/** One GET over TLS, else plain: "HTTP 502 from 198.51.100.7", or what went wrong. The body is not read. */
async function answerAt(address: string, site: string, host: InventoryHost, signal: AbortSignal): Promise<string> {
  const secure = await get(requestTls, 443, address, site, host, signal)
  if (secure.answered || secure.code !== 'ECONNREFUSED') return `https: ${secure.text}`
  return `http: ${(await get(requestPlain, 80, address, site, host, signal)).text}`
}

interface Got {
  readonly answered: boolean
  readonly code: string
  readonly text: string
}

function get(
  send: typeof requestTls | typeof requestPlain,
  port: number,
  address: string,
  site: string,
  host: InventoryHost,
  signal: AbortSignal,
): Promise<Got> {
  const path = host.healthPath ?? '/'
  const headers = { host: site, 'user-agent': 'gatemedic (diagnosis)', connection: 'close' }
  const budget = AbortSignal.any([signal, AbortSignal.timeout(limits.request)])
  return new Promise((resolve) => {
    const options = { host: address, port, path, headers, servername: site, agent: false, signal: budget }
    const asked = send(options, (response) => {
      response.destroy()
      resolve({ answered: true, code: '', text: `${response.statusCode ?? 'no status'} from ${address}` })
    })
    asked.on('error', (error) => {
      const code = budget.aborted ? `no answer within ${limits.request / 1000} s` : codeOf(error)
      resolve({ answered: false, code, text: `${address}: ${code}` })
    })
    asked.end()
  })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'an unknown error'
}
