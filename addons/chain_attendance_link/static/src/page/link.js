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
