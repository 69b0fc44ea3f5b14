import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { commands } from '../../commands/index.ts'
import { alertShortcut } from '../../src/slack/receive-alert-shortcut.ts'

const source = readFileSync('manifest.yml', 'utf8')
const httpSource = source.replaceAll('#http ', '').replace('socket_mode_enabled: true', 'socket_mode_enabled: false')

const manifestShape = z.object({
  features: z.object({
    shortcuts: z.array(z.object({ name: z.string().max(24), type: z.string(), callback_id: z.string() })),
    slash_commands: z.array(
      z.object({ command: z.string(), usage_hint: z.string(), should_escape: z.boolean(), url: z.string().optional() }),
    ),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()), request_url: z.string().optional() }),
    interactivity: z.object({ is_enabled: z.boolean(), request_url: z.string().optional() }),
    socket_mode_enabled: z.boolean(),
  }),
})

/** Bot scopes a method needs, by its page under docs.slack.dev/reference/methods; views.open and auth.test need none. */
const scopesOfMethods: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'users.info': ['users:read'],
  'auth.test': [],
  'usergroups.users.list': ['usergroups:read'],
  // files.getUploadURLExternal and files.completeUploadExternal.
  filesUploadV2: ['files:write'],
  'views.open': [],
}

/** By the event's page under docs.slack.dev/reference/events. */
const scopesOfEvents: Readonly<Record<string, readonly string[]>> = {
  app_mention: ['app_mentions:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
}

/** One listener for what the manifest subscribes to by kind of channel. */
const eventsOfListeners: Readonly<Record<string, readonly string[]>> = {
  message: ['message.channels', 'message.groups'],
}

const code = sourcesUnder('src/slack').join('\n')
const methods = [
  ...new Set([...code.matchAll(/\bclient\.((?:[a-z]\w*\.)+[a-z]\w*|filesUploadV2)\(/g)].map((match) => match[1] ?? '')),
]
const listened = [...new Set([...code.matchAll(/\bapp\.event\('(\w+)'/g)].map((match) => match[1] ?? ''))]
const events = listened.flatMap((event) => eventsOfListeners[event] ?? [event])

describe('manifest.yml', () => {
  const manifest = manifestShape.parse(parse(source))

  it.each([
    ['Socket Mode', source],
    ['HTTP', httpSource],
  ])('is a valid manifest for %s', (_transport, text) => {
    const schema: unknown = JSON.parse(readFileSync('test/slack/manifest.schema.json', 'utf8'))
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(
      z.record(z.string(), z.unknown()).parse(schema),
    )

    validate(parse(text))

    expect(validate.errors).toBeNull()
  })

  it('names the request address three times for HTTP and not at all for Socket Mode', () => {
    const http = manifestShape.parse(parse(httpSource))

    expect([
      http.features.slash_commands[0]?.url,
      http.settings.event_subscriptions.request_url,
      http.settings.interactivity.request_url,
    ]).toEqual(Array.from({ length: 3 }, () => 'https://gatemedic.example.com/slack/events'))
    expect(manifest.features.slash_commands[0]?.url).toBeUndefined()
    expect(manifest.settings.socket_mode_enabled).toBe(true)
  })

  it('hints at every verb, and has people and channels come as ids', () => {
    const [command, ...others] = manifest.features.slash_commands

    expect(others).toEqual([])
    expect(command).toMatchObject({ command: '/nginx', should_escape: true })
    for (const { name } of commands) expect(command?.usage_hint.split(/[ |]+/)).toContain(name)
  })

  it('subscribes to the events that the code listens to', () => {
    expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(events.toSorted())
    expect(manifest.settings.interactivity.is_enabled).toBe(true)
  })

  it('offers the shortcut that the code answers', () => {
    expect(manifest.features.shortcuts).toEqual([
      expect.objectContaining({ type: 'message', callback_id: alertShortcut, name: 'Diagnose this alert' }),
    ])
  })

  it('asks for exactly the scopes that the methods and events in the code need', () => {
    const needed = [
      'commands',
      ...methods.flatMap((method) => scopesOfMethods[method] ?? [`no scope known for ${method}`]),
      ...events.flatMap((event) => scopesOfEvents[event] ?? [`no scope known for ${event}`]),
    ]

    expect(methods.length).toBeGreaterThan(5)
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...new Set(needed)].toSorted())
  })
})

function sourcesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
}
