// Fills the list of choices of a field with concepts that fit what is being typed. Without JavaScript the list holds the commonest ones.
"use strict";
for (const field of document.querySelectorAll("input[data-concepts]")) {
  const list = document.getElementById(field.getAttribute("list"));
  let waiting = 0;
  let last = "";
  field.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(async () => {
      const words = field.value.trim();
      if (words.length < 2 || words === last) return;
      last = words;
      const address = new URL(field.dataset.concepts, window.location.href);
      address.searchParams.set("q", words);
      address.searchParams.set("limit", "12");
      for (const type of field.dataset.types.split(",")) address.searchParams.append("type", type);
      try {
        const answer = await fetch(address, { headers: { Accept: "application/json" } });
        if (!answer.ok || field.value.trim() !== words) return;
        const { concepts } = await answer.json();
        list.replaceChildren(...concepts.map((concept) => {
          const option = document.createElement("option");
          option.value = concept.label;
          if (concept.matched !== concept.label) option.label = `${concept.label} (${concept.matched})`;
          return option;
        }));
      } catch {
        last = ""; // offline: the list stays as it is, the next keystroke tries again
      }
    }, 180);
  });
}
