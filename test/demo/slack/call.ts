import { isObject, parseJson } from '../../../demo/slack/json.ts'
import type { JsonObject } from '../../../demo/slack/json.ts'
import type { StandIn } from '../../../demo/slack/stand-in.ts'

/** One call of the Web API as a plain client makes it; `retryAfter` in seconds when it was turned away. */
export async function call(
  slack: StandIn,
  method: string,
  args: JsonObject,
  token = slack.botToken,
): Promise<JsonObject> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(args),
  })
  const retryAfter = response.headers.get('retry-after')
  const body = parseJson(await response.text())
  return { ...(isObject(body) ? body : {}), ...(retryAfter ? { retryAfter: Number(retryAfter) } : {}) }
}
