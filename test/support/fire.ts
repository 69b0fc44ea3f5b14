import { sign } from '../../src/alerts/signature.ts'

export const secret = 'a secret of more than thirty-two letters'

/** Sends an alert to the source "generic" of an intake on loopback; throws when it is not taken. */
export async function fire(port: number, alert: { readonly host: string; readonly title: string }): Promise<void> {
  const usual = { id: `${alert.host} ${alert.title}`, severity: 'critical', status: 'firing' }
  const body = JSON.stringify({ ...usual, startsAt: new Date().toISOString(), ...alert })
  const timestamp = `${Math.floor(Date.now() / 1000)}`
  const headers = { 'x-gatemedic-timestamp': timestamp, 'x-gatemedic-signature': sign(secret, timestamp, body) }
  const answer = await fetch(`http://127.0.0.1:${port}/alerts/generic`, { method: 'POST', body, headers })
  if (answer.status !== 202) throw new Error(`the alert was answered ${answer.status}: ${await answer.text()}`)
}
