import { createApp, createSSRApp, defineComponent, ref } from 'vue';
import type { App } from 'vue';
import type { SnapReceivedEvent } from '../../../src/events.js';

/** Only the hub has a key; what points at it stays. */
const Desk = defineComponent({
  props: { again: { type: Number, required: true } },
  template: `
    <snap-connection :key="again" id="desk" server="/peerjs" ice-servers="[]"></snap-connection>
    <snap-sender connection="desk"></snap-sender>
    <photo-trail connection="desk"></photo-trail>`,
});

const OtherDesk = defineComponent({
  template: `
    <snap-connection server="/peerjs" ice-servers="[]" :accept="undefined">
      <snap-sender></snap-sender><photo-trail></photo-trail>
    </snap-connection>`,
});

const Ways = defineComponent({
  components: { Desk, OtherDesk },
  setup: () => ({ key: ref(0), route: ref('home') }),
  template: `
    <button type="button" @click="key++">Another key</button>
    <button type="button" @click="route = 'home'">Home</button>
    <button type="button" @click="route = 'elsewhere'">Elsewhere</button>
    <button type="button" @click="route = 'other'">Another desk</button>
    <Desk v-if="route === 'home'" :again="key"></Desk>
    <p v-else-if="route === 'elsewhere'">Nothing here</p>
    <OtherDesk v-else></OtherDesk>`,
});

const Kept = defineComponent({
  components: { OtherDesk },
  setup: () => ({ here: ref(true) }),
  template: `
    <button type="button" @click="here = false">Elsewhere</button>
    <button type="button" @click="here = true">Home</button>
    <KeepAlive><OtherDesk v-if="here"></OtherDesk></KeepAlive>`,
});

const Properties = defineComponent({
  setup() {
    const received = ref<string[]>([]);
    return {
      received,
      limited: ref(true),
      iceServers: [{ urls: 'stun:127.0.0.1:9' }],
      take: ({ item }: SnapReceivedEvent) => void received.value.push(item.file.name),
    };
  },
  template: `
    <snap-connection id="desk" server="/peerjs" :iceServers="iceServers" :room="undefined"
      :accept="limited ? 'text/plain' : undefined" :name="limited ? 'Anna' : null"
      :maxSize="limited ? 5_000_000 : undefined" :maxPeers="3" :maxLanes="undefined"
      :sendOnly="limited" :relayOnly="false" :manual="false" @snap-received="take"></snap-connection>
    <snap-sender connection="desk" filesOnly></snap-sender>
    <photo-trail connection="desk" name="photos" :required="true" :max="limited ? 5 : undefined"></photo-trail>
    <button type="button" @click="limited = false">No limits</button>
    <output>{{ received.join() }}</output>`,
});

const views = { ways: Ways, kept: Kept, properties: Properties };

/** `rendered`: on a server, or where one has rendered it. */
export function makeApp(view: string, rendered: boolean): App {
  const app = (rendered ? createSSRApp : createApp)(views[view as keyof typeof views]);
  app.config.compilerOptions.isCustomElement = (tag) => /^(snap|photo)-/.test(tag);
  return app;
}
