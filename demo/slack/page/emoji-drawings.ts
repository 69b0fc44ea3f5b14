const circle = (colour: string): string => `<circle cx="10" cy="10" r="8" fill="${colour}"/>`
const disc = (colour: string, inside: string): string =>
  `<circle cx="10" cy="10" r="8.5" fill="${colour}"/><g stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" fill="none">${inside}</g>`
const lens =
  '<circle cx="8.5" cy="8.5" r="5" fill="#cfe8f7" stroke="#5b6770" stroke-width="2"/><path d="M12.3 12.3 17 17" stroke="#8a5a33" stroke-width="3" stroke-linecap="round"/>'
const sand =
  '<path d="M5 3h10M5 17h10" stroke="#8a5a33" stroke-width="2" stroke-linecap="round"/><path d="M6 4h8c0 4-3 4.5-3 6s3 2 3 6H6c0-4 3-4.5 3-6S6 8 6 4z" fill="#f4d58d" stroke="#b98a3e"/>'
const sheet =
  '<rect x="4" y="3" width="12" height="15" rx="1.5" fill="#fff" stroke="#8d8d8d"/><path d="M7 7h6M7 10h6M7 13h4" stroke="#6b87a8" stroke-width="1.4" stroke-linecap="round"/>'

/**
 * The emoji that this bot needs most, drawn: a machine without an emoji font (a server, a container, CI) would show empty
 * boxes in their place. Content of an SVG with a view box of 20 by 20, keyed by shortcode.
 */
export const drawings: Readonly<Record<string, string>> = {
  arrows_counterclockwise: disc(
    '#3b88c3',
    '<path d="M14 7.5A5 5 0 0 0 5.5 9M6 12.5A5 5 0 0 0 14.5 11M14.5 5v3h-3M5.5 15v-3h3"/>',
  ),
  bell: '<path d="M10 3c-3 0-4.5 2.2-4.5 5.5 0 3-1 4-2 5h13c-1-1-2-2-2-5C14.5 5.2 13 3 10 3z" fill="#f5b731"/><circle cx="10" cy="15.5" r="1.8" fill="#b98a3e"/>',
  bulb: '<path d="M10 2a5.5 5.5 0 0 0-3 10c.7.6 1 1.3 1 2h4c0-.7.3-1.4 1-2a5.5 5.5 0 0 0-3-10z" fill="#ffd55e"/><path d="M8 16h4M8.5 18h3" stroke="#8d8d8d" stroke-width="1.5" stroke-linecap="round"/>',
  clipboard: `${sheet}<rect x="7.5" y="1.8" width="5" height="2.8" rx="1" fill="#b98a3e"/>`,
  eyes: '<ellipse cx="6.2" cy="10" rx="3.8" ry="5.5" fill="#fff" stroke="#8d8d8d"/><ellipse cx="13.8" cy="10" rx="3.8" ry="5.5" fill="#fff" stroke="#8d8d8d"/><circle cx="7.4" cy="11" r="1.8" fill="#33302f"/><circle cx="15" cy="11" r="1.8" fill="#33302f"/>',
  fire: '<path d="M10.5 2c.500 3 4.5 5 4.5 9.5A5 5 0 0 1 10 17a5 5 0 0 1-5-5.2C5 9 6.5 8 7 6c1.2.6 1.6 1.7 1.7 2.7C10 7.5 11 5 10.5 2z" fill="#f4900c"/><path d="M10 10c.300 1.6 2.2 2.2 2.2 4.3A2.2 2.2 0 0 1 10 16.5a2.2 2.2 0 0 1-2.2-2.2C7.8 12.5 9.6 12 10 10z" fill="#ffcc4d"/>',
  gear: '<circle cx="10" cy="10" r="6" fill="none" stroke="#66757f" stroke-width="4" stroke-dasharray="3.140 1.570"/><circle cx="10" cy="10" r="4.5" fill="none" stroke="#66757f" stroke-width="2.5"/>',
  hourglass: sand,
  hourglass_flowing_sand: sand,
  information_source: disc('#3b88c3', '<path d="M10 9.5v5M10 5.8v.1"/>'),
  large_blue_circle: circle('#3b88c3'),
  large_green_circle: circle('#2f9e5b'),
  large_orange_circle: circle('#f4900c'),
  large_yellow_circle: circle('#fdcb3c'),
  lock: '<path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9" fill="none" stroke="#8d8d8d" stroke-width="2"/><rect x="4.5" y="9" width="11" height="8" rx="1.5" fill="#f5b731"/>',
  mag: lens,
  mag_right: lens,
  memo: sheet,
  no_entry: disc('#d92d3a', '<path d="M5.5 10h9" stroke-width="3.4"/>'),
  no_entry_sign:
    '<circle cx="10" cy="10" r="7" fill="none" stroke="#d92d3a" stroke-width="2.6"/><path d="M5 5l10 10" stroke="#d92d3a" stroke-width="2.6"/>',
  octagonal_sign:
    '<path d="M6.6 1.8h6.8l4.8 4.8v6.8l-4.8 4.8H6.6l-4.8-4.8V6.6z" fill="#d92d3a"/><path d="M6 10h8" stroke="#fff" stroke-width="2.6"/>',
  question:
    '<path d="M6.5 7c0-2 1.5-3.5 3.5-3.5S13.5 5 13.5 7c0 2.5-3.5 2.5-3.5 5.5" fill="none" stroke="#d92d3a" stroke-width="2.6" stroke-linecap="round"/><circle cx="10" cy="16.5" r="1.6" fill="#d92d3a"/>',
  red_circle: circle('#d92d3a'),
  rotating_light:
    '<path d="M5 14V9.5a5 5 0 0 1 10 0V14z" fill="#e5484d"/><rect x="3.5" y="14" width="13" height="3.5" rx="1" fill="#66757f"/><path d="M10 1v1.5M3 4l1.2 1M17 4l-1.2 1" stroke="#f5b731" stroke-width="1.6" stroke-linecap="round"/>',
  stethoscope:
    '<g fill="none" stroke="#5b6b7a" stroke-width="1.8" stroke-linecap="round"><path d="M4 3v4a3.5 3.5 0 0 0 7 0V3M7.5 10.5V13a4 4 0 0 0 8 0v-1.5"/></g><circle cx="15.5" cy="9.5" r="2" fill="#7fa7c9" stroke="#5b6b7a"/>',
  stopwatch:
    '<circle cx="10" cy="11.5" r="6.5" fill="#fff" stroke="#66757f" stroke-width="1.8"/><path d="M10 11.5V8M8.5 2.5h3M10 2.5V5" stroke="#66757f" stroke-width="1.8" stroke-linecap="round"/>',
  warning:
    '<path d="M10 2.5 18.5 17h-17z" fill="#fdcb3c" stroke="#c98a00" stroke-linejoin="round"/><path d="M10 7.5v4.5M10 14.5v.1" stroke="#33302f" stroke-width="2" stroke-linecap="round"/>',
  white_check_mark:
    '<rect x="2" y="2" width="16" height="16" rx="3" fill="#2f9e5b"/><path d="m5.5 10.3 3 3.2 6-7" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>',
  white_circle: '<circle cx="10" cy="10" r="7.5" fill="#fff" stroke="#b5b5b5"/>',
  wrench:
    '<path d="M16.8 5.5a4.5 4.5 0 0 1-6 5.3l-5.6 5.7a1.9 1.9 0 0 1-2.7-2.7l5.7-5.6a4.5 4.5 0 0 1 5.3-6l-2.6 2.6.6 2.7 2.7.6z" fill="#66757f"/>',
  x: '<path d="m4 4 12 12M16 4 4 16" stroke="#d92d3a" stroke-width="3.4" stroke-linecap="round"/>',
  zap: '<path d="M11.5 1.5 4 11.5h4.5l-1.5 7 8-10.5H10z" fill="#fdcb3c"/>',
}
