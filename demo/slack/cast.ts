import type { Channel, Integration, Team, User, UserGroup } from './model.ts'

/** Who and what a stand-in starts with. The ids are stable, so that a policy file may name them. */
export interface Cast {
  readonly team: Team
  readonly bot: User
  readonly people: readonly User[]
  /** Other apps of the workspace. */
  readonly integrations?: readonly Integration[]
  readonly groups: readonly UserGroup[]
  readonly channels: readonly Channel[]
}

export const bot: User = {
  id: 'U0GATEMEDIC',
  name: 'gatemedic',
  realName: 'Gatemedic',
  title: 'app',
  timeZone: 'Etc/UTC',
  timeZoneOffset: 0,
  kind: 'bot',
}

export const dana: User = {
  id: 'U0DANA00001',
  name: 'dana',
  realName: 'Dana Okafor',
  title: 'on-call',
  timeZone: 'Europe/Berlin',
  timeZoneOffset: 3600,
  kind: 'member',
}

export const sam: User = {
  id: 'U0SAM000002',
  name: 'sam',
  realName: 'Sam Rivera',
  title: 'approver',
  timeZone: 'America/New_York',
  timeZoneOffset: -18_000,
  kind: 'member',
}

export const robin: User = {
  id: 'U0ROBIN0003',
  name: 'robin',
  realName: 'Robin Iyer',
  title: 'guest',
  timeZone: 'Asia/Kolkata',
  timeZoneOffset: 19_800,
  kind: 'guest',
}

/** Posts through an incoming webhook, as Alertmanager's slack_configs do. */
export const alertmanager: Integration = {
  user: { ...bot, id: 'U0ALERTMGR1', name: 'alertmanager', realName: 'AlertManager' },
  botId: 'B0ALERTMGR1',
  appId: 'A0WEBHOOKS1',
  posts: 'webhook',
}

/** Posts with a token of its own, as Grafana's contact point of the kind Slack does. */
export const grafana: Integration = {
  user: { ...bot, id: 'U0GRAFANA01', name: 'grafana', realName: 'Grafana' },
  botId: 'B0GRAFANA01',
  appId: 'A0GRAFANA01',
  posts: 'app',
}

export const datadog: Integration = {
  user: { ...bot, id: 'U0DATADOG01', name: 'datadog', realName: 'Datadog' },
  botId: 'B0DATADOG01',
  appId: 'A0DATADOG01',
  posts: 'app',
}

/** The same app in the workspace of the supplier: its id is the same there, and its bot is another one. */
export const supplierGrafana: Integration = {
  user: { ...grafana.user, id: 'U0GRAFANA99', team: 'T0SUPPLIER1' },
  botId: 'B0GRAFANA99',
  appId: grafana.appId,
  posts: 'app',
}

const everyone = [dana.id, sam.id, robin.id]

/** Three channels the bot is in, one of them shared with a supplier, a public and a private one it is not in, and the direct messages. */
export const defaultCast: Cast = {
  team: { id: 'T0GATEMEDIC', name: 'Lighthouse', domain: 'lighthouse' },
  bot,
  people: [dana, sam, robin],
  integrations: [alertmanager, grafana, datadog, supplierGrafana],
  groups: [
    { id: 'S0APPROVERS', handle: 'nginx-approvers', name: 'nginx approvers', members: [dana.id, sam.id] },
    { id: 'S0ONCALL001', handle: 'on-call', name: 'On call', members: [dana.id] },
  ],
  channels: [
    {
      id: 'C0INCIDENTS',
      name: 'incidents',
      kind: 'public',
      members: [...everyone, bot.id],
      topic: 'What is broken now',
    },
    { id: 'C0EDGEALERT', name: 'edge-alerts', kind: 'public', members: [dana.id, sam.id, bot.id], topic: 'Alerts' },
    {
      id: 'C0SUPPLIER1',
      name: 'acme-support',
      kind: 'public',
      members: [dana.id, sam.id, bot.id],
      topic: 'Shared with a supplier',
      shared: true,
    },
    { id: 'C0GENERAL01', name: 'general', kind: 'public', members: everyone, topic: 'Everything else' },
    { id: 'G0WARROOM01', name: 'war-room', kind: 'private', members: [dana.id, sam.id], topic: 'No bots in here' },
    { id: 'D0DANABOT01', name: 'gatemedic', kind: 'direct', members: [dana.id, bot.id], topic: '' },
    { id: 'D0SAMBOT002', name: 'gatemedic', kind: 'direct', members: [sam.id, bot.id], topic: '' },
    { id: 'D0ROBINBOT3', name: 'gatemedic', kind: 'direct', members: [robin.id, bot.id], topic: '' },
    { id: 'D0DANASAM01', name: 'dana-sam', kind: 'direct', members: [dana.id, sam.id], topic: '' },
  ],
}
