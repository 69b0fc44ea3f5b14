import { containerFields } from './containers-script.ts'

/** The commands that probes may run by sudo: constant argv, the same on every host, no value found on a host. The sudoers file is made from this list. */
export const rootCommands = [
  ['nginx', '-T'],
  ['angie', '-T'],
  ['ss', '-Htanp'],
  ['ss', '-Hxap'],
  ['nft', 'list', 'ruleset'],
  ['iptables-save'],
  ['ip6tables-save'],
  ['firewall-cmd', '--list-all'],
  ['dmesg'],
  ['podman', 'ps', '-a', '--no-trunc', '--format', containerFields],
  ['docker', 'ps', '-a', '--no-trunc', '--format', containerFields],
] as const satisfies readonly (readonly string[])[]
