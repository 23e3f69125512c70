/**
 * Numbers in a sentence: what `Intl` knows of a language, as functions that a translation can use.
 */

/** The forms of a noun by plural category (CLDR). `other` stands in for what is not given. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/**
 * Picks the form that goes with a number: `plural(5, { one: 'снимок', few: 'снимка', many:
 * 'снимков', other: 'снимка' })`.
 */
export function pluralIn(language: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => forms[rules.select(count)] ?? forms.other;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Writes a size in bytes as a person reads it, in decimal units: "640 kB", "1,2 МБ". */
export function sizeIn(language: string): (bytes: number) => string {
  const formats = UNITS.map(
    (unit, index) =>
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: index < 2 ? 0 : 1,
      }),
  );
  return (bytes) => {
    let size = bytes;
    let unit = 0;
    // 999,600 bytes are "1 MB", not "1,000 kB".
    while (unit < UNITS.length - 1 && Math.round(size) >= 1000) {
      size /= 1000;
      unit += 1;
    }
    return formats[unit]!.format(size);
  };
}

/** Writes a length of time in seconds as a clock does: "0:07", "12:30". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
