/** Number formatting for translations, built on `Intl`. */

/** The forms of a noun by plural category (CLDR). `other` is used where a form is missing. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/**
 * Returns a function that picks the form for a number: `plural(5, { one: 'снимок', few: 'снимка',
 * many: 'снимков', other: 'снимка' })` is 'снимков' in Russian.
 */
export function pluralIn(language: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => forms[rules.select(count)] ?? forms.other;
}

/** The decimal units of sizes, from 1 byte on. */
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/**
 * Returns a function that formats a size in bytes for people, in decimal units: "640 kB", "1,2 МБ".
 */
export function sizeIn(language: string): (bytes: number) => string {
  const formats = UNITS.map(
    (unit, index) =>
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        // Short, several are "5 byte" in English.
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits: index < 2 ? 0 : 1,
      }),
  );
  return (bytes) => {
    const unit = unitOf(bytes);
    return formats[unit]!.format(bytes / 1000 ** unit);
  };
}

/** Returns a function that formats a round trip: "4 ms". What is measured is never nothing. */
export function millisecondsIn(language: string): (ms: number) => string {
  const format = new Intl.NumberFormat(language, { style: 'unit', unit: 'millisecond' });
  return (ms) => format.format(Math.max(1, Math.round(ms)));
}

/**
 * Returns a function that formats how much of a size there is, as a number in the unit of the
 * size: "18" of "200 MB", "0,4" of "1,2 МБ".
 */
export function shareIn(language: string): (bytes: number, of: number) => string {
  const formats = UNITS.map(
    (_, index) => new Intl.NumberFormat(language, { maximumFractionDigits: index < 2 ? 0 : 1 }),
  );
  return (bytes, of) => {
    const unit = unitOf(of);
    return formats[unit]!.format(bytes / 1000 ** unit);
  };
}

/** The index of the unit for a size. 999,600 bytes are "1 MB", not "1,000 kB". */
function unitOf(bytes: number): number {
  let size = bytes;
  let unit = 0;
  while (unit < UNITS.length - 1 && Math.round(size) >= 1000) {
    size /= 1000;
    unit += 1;
  }
  return unit;
}

/** The largest unit of a time that is still to pass, and how many of it, rounded up. */
export function timeLeft(seconds: number): { readonly count: number; readonly unit: 's' | 'min' | 'h' } {
  if (seconds < 60) return { count: Math.max(1, Math.ceil(seconds)), unit: 's' };
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? { count: minutes, unit: 'min' } : { count: Math.ceil(minutes / 60), unit: 'h' };
}

/** Formats a duration in seconds like a clock: "0:07", "12:30". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
