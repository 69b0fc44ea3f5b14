import { allInForce, type Scope } from './config-scope.ts'

/** What nginx itself answers when a backend failed it: no answer, no answer in time. */
export const GATEWAY_ERRORS: readonly number[] = [502, 504]

/**
 * Whether an error_page in force here may make the status `shown` of one of the statuses `of`: by "=503", or by "=", which leaves the status
 * to what answers the page (ngx_http_send_error_page). Without "=" the status stays what it was.
 */
export function isMadeOf(shown: number, of: readonly number[], scope: Scope): boolean {
  return allInForce(scope, 'error_page').some(({ args }) => {
    const becomes = args.find((arg) => arg.startsWith('='))
    if (becomes === undefined || !args.some((arg) => of.includes(Number(arg)))) return false
    return becomes === '=' ? shown >= 500 : Number(becomes.slice(1)) === shown
  })
}

/** Whether a page stands for failures: what it shows may be the consequence of one. One for 403 or 404 alone is reached without. */
export function isForFailures(args: readonly string[]): boolean {
  const codes = args.map(Number).filter((code) => code >= 300 && code <= 599)
  return codes.some((code) => code >= 500)
}
