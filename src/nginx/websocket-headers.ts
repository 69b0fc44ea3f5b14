import { allInForce, type Scope } from './config-scope.ts'

/** A client's handshake gets its Upgrade header through: as it came, as a word, or by a variable that the configuration makes of it. */
export function passesUpgrade(scope: Scope): boolean {
  const value = headerSet(scope, 'upgrade')
  return value !== null && value !== '' && !isOfNobody(value)
}

/** `upgrade`, or a variable that may say so; another header's variable says what no browser sends. */
export function passesConnection(scope: Scope): boolean {
  const value = headerSet(scope, 'connection')
  return value !== null && (/upgrade/i.test(value) || (value.startsWith('$') && !isOfNobody(value)))
}

function headerSet(scope: Scope, name: string): string | null {
  return allInForce(scope, 'proxy_set_header').find(({ args }) => args[0]?.toLowerCase() === name)?.args[1] ?? null
}

/** `$http_upgarde`: nginx takes any $http_NAME for the header of that name, so that a typing error is none to it. */
function isOfNobody(value: string): boolean {
  return /^\$\{?http_/.test(value) && !/^\$\{?http_(?:upgrade|connection)\}?$/.test(value)
}
