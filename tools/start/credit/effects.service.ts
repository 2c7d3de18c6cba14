/** What follows from entries on the demonstration: measures, an objection that is upheld, a repair, loans by grade, goods for points. */
import type { CreditServices, MeasureAct } from '@gep/credit';
import { keyOf, paperDigest } from '../money/people';
import { type creditPeopleOf, holderAt } from './people';
import { countyPath } from './subjects';

type Ids = ReadonlyMap<string, string>;

const millionFen = 100_000_000n;

export class CreditEffects {
  constructor(
    private readonly services: CreditServices,
    private readonly people: ReturnType<typeof creditPeopleOf>,
  ) {}

  /** The last deed of all is an order that was handed over: what somebody made of it since is theirs. */
  async areDone(): Promise<boolean> {
    const page = { limit: 1 };
    return (await this.services.orders.list(this.people.officer, { state: 'handed-over', page })).length > 0;
  }

  /** @param entries ids by subject and behaviour */
  async run(ids: Ids, entries: Ids, today: string): Promise<void> {
    const until = `${Number(today.slice(0, 4)) + 1}-12-31`;
    const cut = { item: 'subsidyCut', untilDay: until, share: '0.5' };
    for (const firm of ['firm-2', 'firm-3'])
      await this.measure(ids.get(firm)!, [entries.get(`${firm} discharge`)!], cut, [
        'notify',
        'hear',
        'decide',
        'enter',
      ]);
    await this.uphold(ids.get('firm-3')!, entries.get('firm-3 discharge')!);
    const good = [entries.get('person-2 project')!, entries.get('person-2 planting')!];
    await this.measure(ids.get('person-2')!, good, { item: 'lowInterestLoan' }, ['notify', 'decide', 'enter']);
    await this.measure(ids.get('person-4')!, [entries.get('person-4 planting')!], { item: 'seedlings' }, [
      ...(['notify', 'decide', 'enter'] as const),
    ]);
    await this.repair(entries.get('person-3 bannedChemicals')!);
    await this.lend(ids);
    const { result } = await this.services.rescores.request(
      this.people.officer,
      { territoryPath: countyPath },
      keyOf('credit-rescore'),
    );
    await this.services.rescores.run(result.id);
    await this.exchange(ids.get('person-2')!, today);
  }

  private async measure(
    subject: string,
    causes: readonly string[],
    what: { readonly item: string; readonly untilDay?: string; readonly share?: string },
    acts: readonly MeasureAct[],
  ): Promise<void> {
    const { officer, approver } = this.people;
    // The last day moves with the calendar, so a start that was cut short takes up the measure that is there.
    const [known] = await this.services.measures.list(officer, { subjectId: subject });
    const key = keyOf(`credit-measure-${subject}`);
    const wish = { subject, causes, reason: '演示 · as the record shows, invented', ...what };
    const { id } = known ?? (await this.services.measures.propose(officer, wish, key)).result;
    for (const act of acts) {
      const deed = { id, act, reason: '演示：依记录办理 · as the record shows, invented' };
      await this.services.measures.act(act === 'decide' ? approver : officer, deed, `${key}-${act}`);
    }
  }

  /** The firm objects at its own login; somebody who had no hand in the entry finds that it is right. */
  private async uphold(subject: string, event: string): Promise<void> {
    const firm = holderAt(countyPath, '民宿');
    const link = { subject, userId: firm.id, linked: true };
    await this.services.subjects.link(this.people.officer, link, keyOf(`credit-link-${subject}`));
    const grounds = '演示：排放的不是本店 · somebody else discharged, invented';
    const filed = await this.services.objections.file(firm, { event, grounds }, keyOf(`credit-objection-${event}`));
    const upheld = {
      id: filed.result.id,
      act: 'uphold',
      reason: '演示：复查属实 · looked at again, it is so',
    } as const;
    await this.services.objections.act(this.people.approver, upheld, keyOf(`credit-uphold-${event}`));
  }

  private async repair(id: string): Promise<void> {
    const paper = { reason: '演示：已整改 · put right, invented', documentDigest: paperDigest('course attended') };
    await this.services.events.act(this.people.approver, { id, act: 'repair', ...paper }, keyOf(`credit-repair-${id}`));
  }

  /** A bank asks, with consent, of somebody of a high grade and of a firm with a severe entry; told once. */
  private async lend(ids: Ids): Promise<void> {
    const { officer, bank } = this.people;
    if ((await this.services.queries.loanDecisions(bank, 1)).length > 0) return;
    const purpose = 'loan';
    for (const [key, amountFen] of [
      ['person-2', (millionFen * 3n) / 10n],
      ['firm-2', millionFen],
    ] as const) {
      const subject = ids.get(key)!;
      const consent = {
        ...{ subject, granteeId: bank.id, purpose, fromDay: '2025-05-01', untilDay: '2035-12-31' },
        documentDigest: paperDigest(`consent of ${key} to queries`),
      };
      await this.services.queries.consent(officer, consent, keyOf(`credit-consent-${key}`));
      const loan = {
        kind: key === 'firm-2' ? 'guaranteed' : 'unsecured',
        amountFen,
        months: 36,
        pledgeSigned: true,
      } as const;
      await this.services.queries.ask(bank, { subject, purpose, loan });
    }
  }

  /** Goods of the county; somebody orders for the own points, and another person hands them over. */
  private async exchange(subject: string, today: string): Promise<void> {
    const { officer, checker } = this.people;
    const names = {
      soap: ['香皂（演示）', 'Soap (demonstration)', 3],
      rice: ['大米（演示）', 'Rice (demonstration)', 8],
    } as const;
    const goods: string[] = [];
    for (const [code, [nameZh, nameEn, price]] of Object.entries(names)) {
      const wish = {
        territoryPath: countyPath,
        code,
        nameZh,
        nameEn,
        price,
        documentDigest: paperDigest('list of goods'),
      };
      // A price begins today at the earliest, so another day is another deed.
      const published = await this.services.points.publish(
        officer,
        { ...wish, from: today },
        keyOf(`goods-${code}-${today}`),
      );
      const { id } = published.result;
      await this.services.points.restock(officer, { id, quantity: 40 }, keyOf(`goods-${code}-stock`));
      goods.push(id);
    }
    const holder = holderAt(countyPath, '二');
    const link = { subject, userId: holder.id, linked: true };
    await this.services.subjects.link(officer, link, keyOf(`credit-link-${subject}`));
    const [soap] = goods;
    const order = await this.services.orders.orderOwn(holder, { goods: soap, quantity: 2 }, keyOf('credit-order'));
    await this.services.orders.act(checker, { id: order.result.id, act: 'hand-over' }, keyOf('credit-hand-over'));
  }
}
