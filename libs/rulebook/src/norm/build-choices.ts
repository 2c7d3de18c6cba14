/** Builds the choices of a norm: switches that leave services out, and groups of services that count the same thing. */
import { isTerritoryCode, sameDimension, type Bilingual } from '@gep/kernel';
import { refuseRepeated, type Building } from './building';
import type { ExcludedService, ExclusiveGroup, Service, ServiceSwitch } from './norm';
import type { DraftEntry } from './norm-draft';

interface ChoiceBuilding extends Building {
  /** Every service of the norm, those that are switched off too. */
  readonly services: readonly Service[];
}

const serviceName: Bilingual = { zh: '服务', en: 'service' };

export function buildSwitches(building: ChoiceBuilding): ServiceSwitch[] {
  const entries = building.draft.entries('switches');
  refuseRepeated(building.draft, entries, { zh: '开关', en: 'switch' });
  for (const entry of entries) checkServices(building, entry);
  return entries.map(({ raw }) => raw);
}

/** Services apart by whether a switch is off; the first switch that is gives the reason. */
export function applySwitches(
  services: readonly Service[],
  switches: readonly ServiceSwitch[],
): { counted: Service[]; excluded: ExcludedService[] } {
  const excluded = services.flatMap((definition) => {
    const off = switches.find(({ state, services: codes }) => state === 'off' && codes.includes(definition.code));
    if (!off) return [];
    return [{ service: definition.code, name: definition.name, reason: off.reason, switch: off.code, definition }];
  });
  const out = new Set(excluded.map(({ service }) => service));
  return { counted: services.filter(({ code }) => !out.has(code)), excluded };
}

export function buildExclusive(building: ChoiceBuilding): ExclusiveGroup[] {
  const entries = building.draft.entries('exclusive');
  refuseRepeated(building.draft, entries, { zh: '互斥组', en: 'exclusive group' });
  for (const entry of entries) {
    checkServices(building, entry);
    checkDeduction(building, entry, entries);
  }
  return entries.map(({ raw }) => raw);
}

function checkServices(
  { draft, services }: ChoiceBuilding,
  { raw, path }: DraftEntry<{ services: readonly string[] }>,
): void {
  const known = draft.entries('services').map((entry) => entry.raw.code);
  for (const [index, code] of raw.services.entries()) {
    if (!known.includes(code) && !draft.damaged.has(code) && !services.some((service) => service.code === code))
      draft.log.unknown([...path, 'services', index], serviceName, code, known);
    if (raw.services.indexOf(code) < index)
      draft.log.add(
        [...path, 'services', index],
        'norm.duplicate-code',
        { zh: `服务“${code}”写了两次`, en: `service "${code}" is named twice` },
        { zh: '请删去其一', en: 'remove one of them' },
      );
  }
}

function checkDeduction(
  { draft, services }: ChoiceBuilding,
  { raw, path }: DraftEntry<ExclusiveGroup>,
  all: readonly DraftEntry<ExclusiveGroup>[],
): void {
  const { deduct } = raw;
  if (!deduct) return;
  const refuse = (zh: string, en: string, mend: Bilingual): void =>
    draft.log.add([...path, 'deduct'], 'norm.deduction', { zh, en }, mend);
  const pair = [deduct.from, deduct.what];
  if (raw.services.length !== 2 || !pair.every((code) => raw.services.includes(code)) || deduct.from === deduct.what)
    return refuse(
      '扣除只在恰好两项服务之间进行，from 与 what 须为这两项',
      'a deduction is between the two services of its group, `from` one of them and `what` the other',
      { zh: '请为每一对服务单列一组', en: 'give each pair of services a group of its own' },
    );
  const [from, what] = pair.map((code) => services.find((service) => service.code === code)?.quantity);
  if (!from || !what) return;
  if (from.kind !== 'formula' || what.kind !== 'formula' || !sameDimension(from.unit.dimension, what.unit.dimension))
    return refuse(
      '两项服务的实物量须由公式算出且量纲相同',
      'both quantities must be modelled by formulas of the same dimension',
      {
        zh: '请改正公式，或去掉 deduct 使两项互斥',
        en: 'correct the formulas, or take `deduct` away: then only one may have a value',
      },
    );
  if (all.some((other) => other.raw.deduct?.from === deduct.what))
    refuse(
      `“${deduct.what}”本身也要被扣除，结果取决于先后次序`,
      `"${deduct.what}" is itself deducted from, so that the order would matter`,
      { zh: '请把扣除改为直接对各项服务', en: 'deduct from each service directly' },
    );
}

/** The territory of an overlay; checks that it is one. */
export function buildPlace({ draft }: Building): string | undefined {
  const place = draft.single('place');
  if (place === undefined || isTerritoryCode(place)) return place;
  draft.log.add(
    ['place'],
    'norm.malformed',
    { zh: `“${place}”不是地域代码`, en: `"${place}" is not a territory code` },
    { zh: '写 CN、6/9/12 位代码，或“县代码-名称”', en: 'write CN, a code of 6, 9 or 12 digits, or county-name' },
  );
  return undefined;
}

/** What a skeleton lacks. A norm that lacks something is no usable norm. */
export function buildIncomplete({ draft }: Building): Bilingual[] {
  const entries = draft.entries('incomplete');
  if (entries.length > 0 && draft.single('status') === 'usable')
    draft.log.add(
      ['status'],
      'norm.incomplete',
      { zh: '列有未完成事项的规范不能是 usable', en: 'a norm that lists what is missing is not usable' },
      {
        zh: '请把 status 写为 skeleton，或补齐后删去 incomplete',
        en: 'set status to skeleton, or complete it and remove `incomplete`',
      },
    );
  return entries.map(({ raw }) => raw);
}
