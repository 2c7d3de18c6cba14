/** What every public page has: its frame in one of two languages, and how numbers, units and grades are written. */
import { gradeNames } from '@gep/accounting';
import type { Bilingual } from '@gep/kernel';
import { html, type Html } from './html';

export type PageLanguage = 'zh' | 'en';

export const words =
  (language: PageLanguage) =>
  (zh: string, en: string): string =>
    language === 'zh' ? zh : en;

export const gradeName = (grade: string, language: PageLanguage): string =>
  (gradeNames as Readonly<Record<string, Bilingual>>)[grade]?.[language] ?? grade;

const unitNames: Readonly<Record<string, Bilingual>> = {
  yuan: { zh: '元', en: 'yuan' },
  'yuan/hm2': { zh: '元/公顷', en: 'yuan/ha' },
  '%': { zh: '%', en: '%' },
  '1': { zh: '', en: '' },
};
export const unitName = (unit: string, language: PageLanguage): string => unitNames[unit]?.[language] ?? unit;

/** Thousands apart: 1,234,567.89; words stay as they are. */
export const grouped = (value: string): string =>
  /^-?\d+(\.\d+)?$/.test(value) ? value.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ',')) : value;

export function page(parts: {
  readonly title: string;
  readonly sub?: Html;
  readonly plain: string;
  readonly body: Html;
  readonly language: PageLanguage;
  readonly here: string;
}): string {
  const { title, sub, plain, body, language, here } = parts;
  const say = words(language);
  const other = language === 'zh' ? 'en' : 'zh';
  const text = html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${say('两山', 'Two Mountains')}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
      </head>
      <body>
        <a class="skip" href="#content">${say('跳到正文', 'Skip to content')}</a>
        <header>
          <nav>
            <a href="/open?lang=${language}">${say('年度披露', 'Yearly disclosures')}</a> ·
            <a href="${here}?lang=${other}" lang="${other}">${other === 'en' ? 'English' : '中文'}</a>
          </nav>
          <h1>${title}</h1>
          ${sub ? html`<p>${sub}</p>` : []} ${plain === '' ? [] : html`<p class="plain">${plain}</p>`}
        </header>
        <main id="content">${body}</main>
        <footer>
          <p>
            ${say('各数据可离线核验；更正另立新版，旧版永存。', 'Every figure can be verified offline; corrections are new editions, old ones stay.')}
          </p>
        </footer>
      </body>
    </html> `;
  return text.text;
}
