// The words of the link stand behind the #, which the browser sends to nobody. They are
// taken out of the address, so that no history keeps them, and posted.
(function () {
    const form = document.getElementById("door");
    const open = () => {
        const words = window.location.hash.slice(1);
        if (form && words) {
            window.history.replaceState(null, "", window.location.pathname);
            form.elements.words.value = words;
            form.submit();
        }
    };
    window.addEventListener("hashchange", open);
    open();
    // As long as both are one day, choosing another first day moves the last along.
    const first = document.querySelector("input[name=date_from]");
    const last = document.querySelector("input[name=date_to]");
    if (first && last) {
        let former = first.value;
        first.addEventListener("change", () => {
            if (!last.value || last.value < first.value || last.value === former) {
                last.value = first.value;
            }
            former = first.value;
        });
    }
    for (const button of document.querySelectorAll("button[data-print]")) {
        button.addEventListener("click", () => window.print());
    }
    for (const asking of document.querySelectorAll("form[data-confirm]")) {
        asking.addEventListener("submit", (event) => {
            if (!window.confirm(asking.dataset.confirm)) {
                event.preventDefault();
            }
        });
    }
})();
