package io.orquestrax.cli.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Who is killed when, drawn from a seed: when so many starts have been acknowledged. */
record KillPlan(List<Kill> kills) {

    /**
     * @param member index of the victim
     * @param afterStarts acknowledged starts that must be reached first
     */
    record Kill(int member, int afterStarts) {}

    /** Every member is killed so often, at moments spread over all starts. */
    static KillPlan draw(long seed, int members, int killsOfEach, int instances) {
        Random random = new Random(seed);
        List<Integer> victims = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            victims.addAll(Collections.nCopies(killsOfEach, member));
        }
        Collections.shuffle(victims, random);
        List<Kill> kills = new ArrayList<>();
        int share = instances / (victims.size() + 1);
        for (int index = 0; index < victims.size(); index++) {
            kills.add(new Kill(victims.get(index), share * index + random.nextInt(Math.max(1, share))));
        }
        return new KillPlan(List.copyOf(kills));
    }
}
