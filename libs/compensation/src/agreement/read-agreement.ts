/** Reads an agreement from YAML or JSON, or tells everything that is wrong with it. */
import { type Bilingual, Fraction } from '@gep/kernel';
import { parse } from 'yaml';
import { AgreementRefused, type AgreementProblem } from '../errors';
import { TermsNode } from './terms-node';
import {
  type AccountsInput,
  type AdvanceTerm,
  type AgreementParty,
  type AgreementTerms,
  type MeasuredInput,
  missingWays,
  partyRoles,
} from './agreement-terms';

/** @throws AgreementRefused with every problem at once */
export function readAgreement(text: string): AgreementTerms {
  const root = parseText(text);
  const problems: AgreementProblem[] = [];
  const node = new TermsNode(root, '', problems);
  const terms = termsOf(node);
  if (problems.length === 0) problems.push(...contradictions(terms));
  if (problems.length > 0) throw new AgreementRefused(problems);
  return terms;
}

function parseText(text: string): unknown {
  try {
    // No anchors: a short text must not become a long one.
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new AgreementRefused([{ path: '', zh: `不是 YAML 或 JSON：${why}`, en: `is neither YAML nor JSON: ${why}` }]);
  }
}

const code = /^[a-z0-9][a-z0-9-]{0,39}$/;
const codeShape: Bilingual = {
  zh: '应为小写字母、数字与连字符，至多 40 个',
  en: 'should be up to 40 small letters, digits and hyphens',
};
const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const dayShape: Bilingual = { zh: '应写成 2025-01-31', en: 'should be written as 2025-01-31' };
const yuan = /^\d{1,15}(\.\d{1,2})?$/;
const yuanShape: Bilingual = { zh: '应为元，至多两位小数', en: 'should be yuan with two decimals at most' };

function termsOf(node: TermsNode): AgreementTerms {
  node.only(
    ...['code', 'title', 'place', 'scope', 'target', 'monitoring', 'duties', 'breach', 'term', 'parties', 'policy'],
    ...['fund', 'input', 'totals', 'carryInto', 'advances', 'trueUp', 'passesOn'],
  );
  const [policy, fund, term, trueUp] = [node.at('policy'), node.at('fund'), node.at('term'), node.at('trueUp')];
  policy.only('id', 'edition');
  fund.only('code', 'purpose');
  term.only('from', 'to');
  trueUp.only('way', 'supplementLimit', 'least');
  return {
    ...{
      code: node.at('code').text(code, codeShape),
      title: node.at('title').bilingual(),
      place: node.at('place').text(),
    },
    ...{
      scope: node.at('scope').bilingual(),
      target: node.at('target').bilingual(),
      monitoring: node.at('monitoring').bilingual(),
    },
    duties: node
      .at('duties')
      .list()
      .map((each) => ({ party: each.at('party').text(), ...each.bilingual() })),
    breach: node.at('breach').bilingual(),
    term: { from: term.at('from').text(day, dayShape), to: term.at('to').text(day, dayShape) },
    parties: node.at('parties').list().map(partyOf),
    policy: {
      id: policy.at('id').text(code, codeShape),
      edition:
        policy
          .at('edition')
          .optional(/^[0-9a-f]{64}$/, { zh: '应为 64 位十六进制', en: 'should be 64 hexadecimal digits' }) ?? '',
    },
    fund: { code: fund.at('code').text(code, codeShape), purpose: fund.at('purpose').text() },
    input: inputOf(node.at('input')),
    totals: node.at('totals').record(),
    carryInto: node.at('carryInto').optional(),
    advances: node.at('advances').list().map(advanceOf),
    trueUp: {
      way: trueUp.at('way').choice(['next-cycle', 'supplement', 'clawback', 'none'] as const, 'next-cycle'),
      supplementLimit: trueUp
        .at('supplementLimit')
        .optional(/^0\.\d{1,4}$/, { zh: '应为 0.1 这样的份额', en: 'should be a share such as 0.1' }),
      least: trueUp.at('least').optional(yuan, yuanShape),
    },
    passesOn: passesOnOf(node.at('passesOn')),
  };
}

function partyOf(node: TermsNode): AgreementParty {
  node.only('code', 'role', 'name', 'place', 'book', 'rule', 'units');
  const place = node.at('place').optional();
  const ascii = /^[\x21-\x7b}~]{1,100}$/;
  const shape: Bilingual = { zh: '应为 1 到 100 个可见 ASCII 字符', en: 'should be 1 to 100 visible ASCII characters' };
  const units = node.at('units').words();
  const rule = node.at('rule').optional();
  const own = rule === null && units.length === 0 && place !== null ? [place] : units;
  return {
    ...{
      code: node.at('code').text(),
      role: node.at('role').choice(partyRoles),
      name: node.at('name').bilingual(),
      place,
    },
    ...{ book: node.at('book').optional(ascii, shape) ?? place ?? '', rule, units: own },
  };
}

function inputOf(node: TermsNode): AccountsInput | MeasuredInput {
  if (node.at('kind').choice(['accounts', 'measured'] as const) === 'measured') {
    node.only('kind', 'missing', 'fault', 'joint', 'yearsBefore');
    return {
      ...{
        kind: 'measured',
        missing: node.at('missing').choice(missingWays, 'refuse'),
        fault: node.at('fault').record(),
      },
      ...{ joint: node.at('joint').value === true, yearsBefore: node.at('yearsBefore').whole(0) },
    };
  }
  node.only('kind', 'column', 'norm', 'services', 'categories', 'pricesOf', 'yearsBefore', 'assets', 'tree');
  return {
    ...{ kind: 'accounts', column: node.at('column').text(), norm: node.at('norm').text() },
    ...{ services: node.at('services').words(), categories: node.at('categories').words() },
    ...{ pricesOf: node.at('pricesOf').optional(/^\d{4}$/), yearsBefore: node.at('yearsBefore').whole(0) },
    assets: node
      .at('assets')
      .list()
      .map((each) => {
        each.only('unit', 'place', 'types');
        return { unit: each.at('unit').text(), place: each.at('place').text(), types: each.at('types').words() };
      }),
    tree: node.at('tree').optional(),
  };
}

function advanceOf(node: TermsNode): AdvanceTerm {
  node.only('code', 'day', 'by', 'share', 'amounts');
  const by = node.at('by').choice(['rule', 'share', 'amounts'] as const);
  const share = by === 'share' ? node.at('share').text() : null;
  const number = share === null ? undefined : Fraction.parse(share.replace(/%$/, 'e-2'));
  if (share !== null && (!number || number.compare(Fraction.zero) <= 0 || number.compare(Fraction.one) > 0))
    node.at('share').refuse('应在 0 与 1 之间', 'should lie between 0 and 1');
  const amounts = node.at('amounts').record(yuan, yuanShape);
  if (by === 'amounts' && Object.keys(amounts).length === 0)
    node.at('amounts').refuse('请给出各单位的金额', 'should give the amount of each unit');
  return {
    ...{ code: node.at('code').text(code, codeShape), by, share: number ? number.toExactText() : null, amounts },
    day: node
      .at('day')
      .text(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { zh: '应写成 03-31', en: 'should be written as 03-31' }),
  };
}

function passesOnOf(node: TermsNode): AgreementTerms['passesOn'] {
  if (!node.isThere) return null;
  node.only('agreement', 'clock');
  const clock = node.at('clock').choice(['transfer-general', 'transfer-special'] as const, 'transfer-special');
  return { agreement: node.at('agreement').text(code, codeShape), clock };
}

/** What is well written and cannot be agreed. */
function contradictions({ parties, term, duties, fund, input, advances }: AgreementTerms): AgreementProblem[] {
  const problems: AgreementProblem[] = [];
  const refuse = (path: string, zh: string, en: string): unknown => problems.push({ path, zh, en });
  const codes = parties.map((one) => one.code);
  const units = parties.flatMap((one) => one.units);
  if (term.from > term.to) refuse('term', '起始日在终止日之后', 'begins after its end');
  if (!parties.some(({ role }) => role === 'payer') || !parties.some(({ role }) => role === 'receiver'))
    refuse('parties', '至少应有一个付款方与一个受偿方', 'should name a payer and a receiver at least');
  for (const [at, { code: own, book, units: answers, rule }] of parties.entries()) {
    if (codes.indexOf(own) !== at) refuse(`parties[${at}].code`, `“${own}”重复`, `"${own}" stands twice`);
    if (book === '')
      refuse(
        `parties[${at}].book`,
        '没有地域的一方须写明其账簿名称',
        'a party without a place needs its name in the book',
      );
    if (rule === null && answers.length === 0)
      refuse(
        `parties[${at}]`,
        '请写明是规则的哪一方（rule），或代表哪些单位（units）',
        'should be a party of the rule, or answer for units',
      );
    if (book.startsWith('fund:') && book !== `fund:${fund.code}`)
      refuse(`parties[${at}].book`, `应为 fund:${fund.code}`, `should be fund:${fund.code}`);
  }
  for (const [at, unit] of units.entries())
    if (units.indexOf(unit) !== at) refuse('parties', `单位“${unit}”属于两方`, `the unit "${unit}" is of two parties`);
  for (const [at, { party }] of duties.entries())
    if (!codes.includes(party)) refuse(`duties[${at}].party`, `没有“${party}”一方`, `there is no party "${party}"`);
  const named = advances.flatMap(({ amounts }) => Object.keys(amounts));
  for (const unit of named)
    if (!units.includes(unit)) refuse('parties', `“${unit}”没有一方代表`, `no party answers for "${unit}"`);
  if (input.kind === 'accounts' && input.assets.length > 0 && input.tree !== null)
    refuse('input', 'assets 与 tree 只取其一', 'has assets or a tree, not both');
  return problems;
}
