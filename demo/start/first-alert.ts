import { alertmanager } from '../slack/cast.ts'
import type { StandIn } from '../slack/stand-in.ts'

export const alertChannel = { id: 'C0EDGEALERT', name: 'edge-alerts' } as const

/** The host of the alert, which nobody has to ask for. */
export const alertHost = 'web-4'

/** Posts what Alertmanager's Slack integration posts (prometheus/alertmanager, template/default.tmpl); the bot answers below it by itself. */
export function postFirstAlert(standIn: StandIn): void {
  const title = `[FIRING:1] HighErrorRate (${alertHost}:9113 nginx critical)`
  const attachment = {
    color: 'a30200',
    fallback: title,
    title,
    title_link: 'https://alertmanager.example.net/#/alerts?receiver=slack',
    text: `5xx of shop.example.com on ${alertHost} is above 5 %`,
  }
  standIn.postAs(alertmanager, alertChannel.id, { attachments: [attachment] })
}
