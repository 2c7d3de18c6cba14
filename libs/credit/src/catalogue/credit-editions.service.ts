/** Which list of credit held where on a day, and the editions that events name, read once per process since they never change. */
import { Injectable } from '@nestjs/common';
import { getPolicyEdition, policyOnDay, type CreditBehaviour, type PolicyRule } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { BehaviourUnknown, CreditRefused } from '../errors';
import { makeScorer, type CreditEdition, type Scorer } from '../score/scorer';

/** An item of the list, and the edition that it stands in. */
export interface ListedBehaviour {
  readonly edition: string;
  readonly behaviour: CreditBehaviour;
}

@Injectable()
export class CreditEditions {
  private readonly known = new Map<string, CreditEdition>();

  /** In force in the territory on the day. @throws PolicyNotInForce, PolicyAmbiguous, CreditRefused */
  async inForce(tx: EntityManager, territoryPath: string, day: string): Promise<CreditEdition> {
    const { rule } = await policyOnDay(tx, { territoryPath, day, mechanism: 'credit' });
    return this.keep(rule);
  }

  /** @throws BehaviourUnknown, PolicyNotInForce */
  async behaviourOn(
    tx: EntityManager,
    { territoryPath, day, code }: { readonly territoryPath: string; readonly day: string; readonly code: string },
  ): Promise<ListedBehaviour> {
    const { edition, catalogue } = await this.inForce(tx, territoryPath, day);
    const behaviour = catalogue.behaviours.find((one) => one.code === code);
    if (!behaviour)
      throw new BehaviourUnknown(
        code,
        catalogue.behaviours.map((one) => one.code),
      );
    return { edition, behaviour };
  }

  /** Base, bounds and grades of the day; points by the editions that events name. */
  async scorerOn(tx: EntityManager, territoryPath: string, day: string, editions: Iterable<string>): Promise<Scorer> {
    const current = await this.inForce(tx, territoryPath, day);
    const others: CreditEdition[] = [];
    for (const edition of [...new Set(editions)].sort()) others.push(await this.of(tx, edition));
    return makeScorer(current, others);
  }

  async of(tx: EntityManager, edition: string): Promise<CreditEdition> {
    return this.known.get(edition) ?? this.keep(await getPolicyEdition(tx, edition));
  }

  private keep({ edition, credit, id }: PolicyRule): CreditEdition {
    if (!credit)
      throw new CreditRefused(
        {
          zh: `启用中的信用规则“${id}”没有行为清单（credit 节）；请启用带清单的一版`,
          en: `the rule of credit in force, "${id}", has no list of behaviours (section credit); adopt an edition that has one`,
        },
        { policy: id, edition },
      );
    const made = this.known.get(edition) ?? { edition, catalogue: credit };
    this.known.set(edition, made);
    return made;
  }
}
