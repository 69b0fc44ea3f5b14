import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { parseHostKey } from './host-key.ts'

/** Host names, users and addresses never begin with a dash, so that they cannot be taken for an option anywhere. */
export const hostName = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/

const word = (what: string) =>
  z
    .string({ error: `must be ${what}` })
    .regex(/^[^\s-][^\s]*$/, { error: `must be ${what}, without spaces and not beginning with -` })

const path = z
  .string({ error: 'must be a path' })
  .min(1, { error: 'must be a path' })
  .transform(expandHome)
  .refine(isAbsolute, { error: 'must be an absolute path or begin with ~/' })

const unit = z
  .string({ error: 'must be the name of a systemd unit' })
  .regex(/^[A-Za-z0-9_][A-Za-z0-9:_.@\\-]*\.(service|socket|target|timer)$/, {
    error: 'must be the whole name of a systemd unit, such as checkout-api.service',
  })

const act = z
  .strictObject(
    {
      user: word('a user name'),
      identityFile: path.optional(),
      units: z.array(unit, { error: 'must be a list of unit names' }).default([]),
      nginx: z.boolean({ error: 'must be true or false' }).default(false),
    },
    { error: strictError('must be a map with user, identityFile, units and nginx') },
  )
  .readonly()

/** One host of the inventory: what a person writes, with defaults filled in. */
export const hostEntry = z
  .strictObject(
    {
      address: word('an address'),
      addresses: z.array(word('an address'), { error: 'must be a list of addresses' }).default([]),
      sites: z.array(word('a site name'), { error: 'must be a list of site names' }).default([]),
      port: z
        .number({ error: 'must be a number' })
        .int({ error: 'must be a whole number' })
        .min(1, { error: 'must be 1 to 65535' })
        .max(65535, { error: 'must be 1 to 65535' })
        .default(22),
      user: word('a user name'),
      identityFile: path.optional(),
      agent: z.boolean({ error: 'must be true or false' }).default(false),
      hostKey: z
        .string({ error: 'must be a line such as "ssh-ed25519 AAAA..."' })
        .refine((text) => parseHostKey(text) !== null, {
          error: 'must be a whole public key such as "ssh-ed25519 AAAA..."',
        })
        .optional(),
      knownHosts: path.optional(),
      via: z.string({ error: 'must be the name of a host' }).optional(),
      groups: z.array(word('a group name'), { error: 'must be a list of group names' }).default([]),
      labels: z.record(z.string(), z.string({ error: 'must be text' }), { error: 'must be a map of text' }).default({}),
      act: act.optional(),
      healthPath: z
        .string({ error: 'must be a path' })
        .regex(/^\/[^\s#]*$/, { error: 'must be a path that begins with /' })
        .optional(),
      outside: z.enum(['off', 'resolve', 'request'], { error: 'must be off, resolve or request' }).default('off'),
      directRequests: z.boolean({ error: 'must be true or false' }).default(true),
    },
    { error: strictError('must be a map that has at least address and user') },
  )
  .readonly()

export type HostEntry = z.infer<typeof hostEntry>

/** A host as the inventory names it; every other part of the program takes address, user and keys from here only. */
export type InventoryHost = HostEntry & { readonly name: string }

/** Keys that may stand in a host entry and in its `act`, for the nearest one to a misspelt key. */
export const hostKeys = [
  'address',
  'addresses',
  'sites',
  'port',
  'user',
  'identityFile',
  'agent',
  'hostKey',
  'knownHosts',
  'via',
  'groups',
  'labels',
  'act',
  'healthPath',
  'directRequests',
  'outside',
] as const satisfies readonly (keyof HostEntry)[]
export const actKeys = ['user', 'identityFile', 'units', 'nginx'] as const

export function expandHome(text: string): string {
  return text === '~' || text.startsWith('~/') ? join(homedir(), text.slice(1)) : text
}

/** Unknown keys keep zod's own code, so that the reader of the issues can name them. */
function strictError(text: string): (issue: { readonly code: string }) => string | undefined {
  return (issue) => (issue.code === 'unrecognized_keys' ? undefined : text)
}
