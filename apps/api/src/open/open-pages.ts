/** The public pages: which years are disclosed, one year of a territory, one figure with its receipt. */
import type { Bilingual } from '@gep/kernel';
import type { DisclosedFigure, DisclosureDocument, DisclosurePackage, FigureReceipt } from '@gep/evaluation';
import { html, Html } from './html';
import { gradeName, grouped, page, type PageLanguage, unitName, words } from './page-frame';

/** A published edition in the list. */
export interface ListedYear {
  readonly territory: string;
  readonly name: Bilingual;
  readonly year: number;
  readonly edition: number;
  readonly publishedOn: string;
  readonly reason: string | null;
  readonly corrected: number;
}

export function listPage(years: readonly ListedYear[], language: PageLanguage): string {
  const say = words(language);
  const rows = years.map(
    ({ territory, name, year, edition, publishedOn, reason, corrected }) =>
      html`<tr>
        <td><a href="/open/${territory}/${year}/${edition}?lang=${language}">${name[language]} ${year}</a></td>
        <td class="number">${edition}</td>
        <td>${publishedOn}</td>
        <td>
          ${edition > 1 ? `${say('更正', 'corrected')} ${corrected} ${say('项', 'figures')}：${reason ?? ''}` : '–'}
        </td>
      </tr>`,
  );
  const none = html`<tr>
    <td colspan="4">${say('尚无已公布的年度披露。', 'No year has been disclosed yet.')}</td>
  </tr>`;
  const body = html`<section>
    <h2>${say('已公布的年份与更正', 'Years that are disclosed, and corrections')}</h2>
    <div class="panel wide">
      <table>
        <thead>
          <tr>
            <th>${say('地域与年份', 'Territory and year')}</th>
            <th>${say('版次', 'Edition')}</th>
            <th>${say('公布日', 'Published on')}</th>
            <th>${say('更正', 'Correction')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.length > 0 ? rows : none}
        </tbody>
      </table>
    </div>
    <p><a href="/api/v1/open/disclosures">${say('开放数据（JSON）', 'Open data (JSON)')}</a></p>
  </section>`;
  return page({ title: say('年度披露', 'Yearly disclosures'), plain: '', body, language, here: '/open' });
}

export function yearPage({ document, receipt }: DisclosurePackage, latest: number, language: PageLanguage): string {
  const say = words(language);
  const { territory, year, edition, plain, figures } = document;
  const here = `/open/${territory.code}/${year}/${edition}`;
  const data = `/api/v1${here.replace('/open', '/open/disclosures')}`;
  const groups = kinds.map(([kind, name]) =>
    group(inReadingOrder(figures.filter((each) => each.kind === kind)), name, here, language),
  );
  const later = html`<p class="notice trouble">
    ${say('已有更正后的新版：', 'A later edition corrects this one: ')}<a
      href="/open/${territory.code}/${year}/${latest}?lang=${language}"
      >${say('第', 'edition')} ${latest} ${say('版', '')}</a
    >
  </p>`;
  const body = html`${latest > edition ? later : []}${groups.flatMap((each) => each ?? [])}
    ${correctionsOf(document, language)}
    <section>
      <h2>${say('核验', 'Verify')}</h2>
      <p>
        ${say('下载后不连网即可核验：', 'Download it, and verify it without a network: ')}<code
          >gep verify ${territory.code}-${year}-${edition}.json</code
        >
      </p>
      <ul class="links">
        <li>
          <a href="${data}" download="${territory.code}-${year}-${edition}.json">JSON</a> ·
          <a href="${data}?format=csv" download="${territory.code}-${year}-${edition}.csv">CSV</a>
        </li>
      </ul>
      ${proof({ documentDigest: receipt.documentDigest, ...receiptFacts(receipt) }, language)}
    </section>`;
  const title = `${(language === 'en' && territory.nameEn) || territory.nameZh} ${year}`;
  const editionSaid = html`${say(`第 ${edition} 版`, `Edition ${edition}`)}`;
  return page({ title, sub: editionSaid, plain: plain[language], body, language, here });
}

export function figurePage(
  { territory, year, edition, figure, receipt }: FigureReceipt,
  language: PageLanguage,
): string {
  const say = words(language);
  const above = `/open/${territory}/${year}/${edition}`;
  const here = `${above}/figures/${figure.id}`;
  const facts = {
    [say('账户版本', 'account vintage')]: figure.vintage ?? '–',
    [say('核算规范及版本', 'norm and edition')]: figure.norm ?? '–',
    [say('规则版本', 'rule edition')]: figure.rule ?? '–',
    [say('摘要', 'digest')]: figure.digest,
    [say('证据等级', 'evidence grade')]: gradeName(figure.grade, language),
    ...receiptFacts(receipt),
  };
  const name = `${territory}-${year}-${edition}-${figure.id}.json`;
  const body = html`<section>
    <p class="figure">${grouped(figure.value)} ${unitName(figure.unit, language)}</p>
    ${proof(facts, language)}
    <p>
      <a href="/api/v1/open/disclosures/${territory}/${year}/${edition}/figures/${figure.id}" download="${name}"
        >${say('下载凭据', 'Download the receipt')}</a
      >
      ${say('，然后', ', then')} <code>gep verify ${name}</code>
    </p>
    <p><a href="${above}?lang=${language}">${say('返回该年全部数据', 'All figures of the year')}</a></p>
  </section>`;
  return page({ title: `${figure.name[language]} · ${year}`, plain: '', body, language, here });
}

const kinds: readonly (readonly [DisclosedFigure['kind'], Bilingual])[] = [
  ['account', { zh: '账户', en: 'Accounts' }],
  ['target', { zh: '目标', en: 'Targets' }],
  ['progress', { zh: '进展', en: 'Progress' }],
  ['score', { zh: '考核', en: 'Evaluation' }],
];

/** The total of an account before its categories, and these before its services. */
function inReadingOrder(figures: readonly DisclosedFigure[]): DisclosedFigure[] {
  const placeOf = ({ kind, id }: DisclosedFigure): readonly [norm: string, rank: number] => {
    const [, norm = '', cut = ''] = kind === 'account' ? id.split('.') : [];
    return [norm, ['total', 'category', 'service'].indexOf(cut)];
  };
  return figures.toSorted((a, b) => {
    const [[ofA, rankA], [ofB, rankB]] = [placeOf(a), placeOf(b)];
    return ofA === ofB ? rankA - rankB : ofA < ofB ? -1 : 1;
  });
}

/** A table for each unit, so that the unit stands in the head of the column. */
function group(
  figures: readonly DisclosedFigure[],
  name: Bilingual,
  here: string,
  language: PageLanguage,
): Html | undefined {
  if (figures.length === 0) return undefined;
  const say = words(language);
  const tables = [...new Set(figures.map(({ unit }) => unit))].map((unit) => {
    const rows = figures
      .filter((figure) => figure.unit === unit)
      .map(
        (figure) =>
          html`<tr>
            <td><a href="${here}/figures/${figure.id}?lang=${language}">${figure.name[language]}</a></td>
            <td class="number">${grouped(figure.value)}</td>
            <td>${gradeName(figure.grade, language)}</td>
          </tr>`,
      );
    const head =
      unit === '1' ? say('数值', 'Value') : `${say('数值（', 'Value (')}${unitName(unit, language)}${say('）', ')')}`;
    return html`<div class="panel wide">
      <table>
        <thead>
          <tr>
            <th>${say('指标', 'Figure')}</th>
            <th class="number">${head}</th>
            <th>${say('证据等级', 'Evidence')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
  });
  return html`<section>
    <h2>${name[language]}</h2>
    ${tables}
  </section>`;
}

function correctionsOf({ corrections, reason, figures }: DisclosureDocument, language: PageLanguage): Html | [] {
  if (corrections.length === 0) return [];
  const say = words(language);
  const nameOf = new Map(figures.map(({ id, name }) => [id, name[language]]));
  const units = [...new Set(corrections.map(({ before, after }) => (after ?? before)?.unit ?? ''))];
  const unit = units.length === 1 ? unitName(units[0]!, language) : '';
  const [was, now] = [say('原为', 'Before'), say('现为', 'Now')].map((head) =>
    unit === '' ? head : `${head} (${unit})`,
  );
  // Where figures of several units were corrected, each says its own.
  const valueOf = (of: { readonly value: string; readonly unit: string }): string =>
    `${grouped(of.value)} ${unit === '' ? unitName(of.unit, language) : ''}`.trimEnd();
  const rows = corrections.map(
    ({ figure, before, after }) =>
      html`<tr>
        <td>${nameOf.get(figure) ?? figure}</td>
        <td class="number">${before ? valueOf(before) : '–'}</td>
        <td class="number">${after ? valueOf(after) : '–'}</td>
      </tr>`,
  );
  return html`<section>
    <h2>${say('本版的更正', 'What this edition corrects')}</h2>
    <p>${reason ?? ''}</p>
    <div class="panel wide">
      <table>
        <thead>
          <tr>
            <th>${say('指标', 'Figure')}</th>
            <th class="number">${was!}</th>
            <th class="number">${now!}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}

const receiptFacts = ({ root, row, publicKey }: DisclosurePackage['receipt']): Record<string, string> => ({
  root,
  'chain row': row.seq,
  'chain head': row.hash,
  'public key': publicKey,
});

function proof(facts: Readonly<Record<string, string>>, language: PageLanguage): Html {
  const rows = Object.entries(facts).map(
    ([name, value]) =>
      html`<tr>
        <th scope="row">${factNames[name]?.[language] ?? name}</th>
        <td><code>${value}</code></td>
      </tr>`,
  );
  return html`<div class="panel wide">
    <table class="facts">
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

const factNames: Readonly<Record<string, Bilingual>> = {
  documentDigest: { zh: '文本摘要', en: 'digest of the document' },
  root: { zh: '数据树的根', en: 'root of the figures' },
  'chain row': { zh: '审计链行号', en: 'row of the audit chain' },
  'chain head': { zh: '审计链首', en: 'head of the audit chain' },
  'public key': { zh: '签名公钥', en: 'public key of the signature' },
};
